package dev.muster.world;

import dev.muster.history.JsonDifference;
import dev.muster.history.ViewDifference;
import dev.muster.history.ViewDifference.Item;
import dev.muster.history.ViewDifference.Kind;
import dev.muster.message.JsonMappers;
import dev.muster.view.ViewDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is different in one World from another, view by view; views without any difference are left out. */
public final class WorldDifference {

    private static final JsonMapper JSON =
            JsonMappers.events(JsonMapper.builder()).build();

    private final boolean whole;
    private final int limit;

    private WorldDifference(boolean whole, int limit) {
        this.whole = whole;
        this.limit = limit;
    }

    /** Tells each view before and after, and what changed between. */
    public static WorldDifference whole(int limit) {
        return new WorldDifference(true, limit);
    }

    /** Tells what changed, and whole views only where the first World has none. */
    public static WorldDifference brief(int limit) {
        return new WorldDifference(false, limit);
    }

    public List<ViewDifference> between(List<ViewDefinition<?>> views, World first, World second) {
        var all = new ArrayList<ViewDifference>();
        for (var view : views) {
            var found = between(view, first, second);
            if (found.count() > 0) {
                all.add(found);
            }
        }
        return all;
    }

    private <V> ViewDifference between(ViewDefinition<V> view, World first, World second) {
        var before = byKey(view, first);
        var after = byKey(view, second);
        var keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        keys.removeIf(key -> before.containsKey(key)
                && after.containsKey(key)
                && before.get(key).equals(after.get(key)));
        var items = keys.stream()
                .limit(limit)
                .map(key -> item(key, json(before.get(key)), json(after.get(key))))
                .toList();
        return new ViewDifference(view.name(), keys.size(), items);
    }

    private static <V> Map<String, V> byKey(ViewDefinition<V> view, World world) {
        var byKey = new HashMap<String, V>();
        world.stores().views(view).forEach(one -> byKey.put(view.key().apply(one), one));
        return byKey;
    }

    private Item item(String key, @Nullable JsonNode before, @Nullable JsonNode after) {
        if (before == null || after == null) {
            return new Item(key, before == null ? Kind.ADDED : Kind.MISSING, whole ? before : null, after, null);
        }
        var patch = JsonDifference.between(before, after);
        return new Item(key, Kind.CHANGED, whole ? before : null, whole ? after : null, patch);
    }

    private static @Nullable JsonNode json(@Nullable Object view) {
        return view == null ? null : JSON.valueToTree(view);
    }
}
