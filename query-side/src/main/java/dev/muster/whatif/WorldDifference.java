package dev.muster.whatif;

import dev.muster.history.JsonDifference;
import dev.muster.message.JsonMappers;
import dev.muster.view.ViewDefinition;
import dev.muster.whatif.WhatIfAnswer.Difference;
import dev.muster.whatif.WhatIfAnswer.Kind;
import dev.muster.whatif.WhatIfAnswer.ViewDifference;
import dev.muster.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is different in a World from the real one, view by view. */
public final class WorldDifference {

    private static final JsonMapper JSON =
            JsonMappers.events(JsonMapper.builder()).build();

    private WorldDifference() {}

    /** @param limit how many are listed of each view */
    public static List<ViewDifference> between(List<ViewDefinition<?>> views, World real, World here, int limit) {
        var all = new ArrayList<ViewDifference>();
        for (var view : views) {
            var found = between(view, real, here, limit);
            if (found.count() > 0) {
                all.add(found);
            }
        }
        return all;
    }

    private static <V> ViewDifference between(ViewDefinition<V> view, World real, World here, int limit) {
        var before = byKey(view, real);
        var after = byKey(view, here);
        var keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        keys.removeIf(key -> before.containsKey(key)
                && after.containsKey(key)
                && before.get(key).equals(after.get(key)));
        var items = keys.stream()
                .limit(limit)
                .map(key -> difference(key, before.get(key), after.get(key)))
                .toList();
        return new ViewDifference(view.name(), keys.size(), items);
    }

    private static <V> Map<String, V> byKey(ViewDefinition<V> view, World world) {
        var byKey = new HashMap<String, V>();
        world.stores().views(view).forEach(one -> byKey.put(view.key().apply(one), one));
        return byKey;
    }

    private static Difference difference(String key, @Nullable Object before, @Nullable Object after) {
        if (before == null) {
            return new Difference(key, Kind.ADDED, json(after), null);
        }
        return after == null
                ? new Difference(key, Kind.MISSING, null, null)
                : new Difference(key, Kind.CHANGED, null, JsonDifference.between(json(before), json(after)));
    }

    private static JsonNode json(@Nullable Object view) {
        return JSON.valueToTree(view);
    }
}
