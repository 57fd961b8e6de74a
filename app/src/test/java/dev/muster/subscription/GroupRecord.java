package dev.muster.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What the members of a group were given and what they said of it, in the order in which it happened; and what must hold of it. */
final class GroupRecord {

    private final Map<String, JsonNode> events = new HashMap<>();
    private final Map<String, List<String>> firstByEntity = new TreeMap<>();
    private final Set<String> said = new HashSet<>();
    private final Set<String> acknowledged = new HashSet<>();
    private final List<String> faults = new ArrayList<>();
    private int deliveries;
    private int afterAcknowledgement;

    /** A member was given this. */
    synchronized void given(String id, JsonNode event) {
        deliveries++;
        if (acknowledged.contains(id)) {
            afterAcknowledgement++;
        }
        var entity = event.get("subject").asString();
        var known = events.putIfAbsent(id, event);
        if (known != null) {
            if (!known.equals(event)) {
                faults.add(id + " was delivered as " + known + " and as " + event);
            }
            return;
        }
        var before = firstByEntity.computeIfAbsent(entity, name -> new ArrayList<>());
        if (!before.isEmpty()) {
            var last = before.get(before.size() - 1);
            if (Long.parseLong(last) >= Long.parseLong(id)) {
                faults.add(id + " of " + entity + " came after " + last);
            }
            if (!said.contains(last)) {
                faults.add(id + " of " + entity + " came before anybody acknowledged " + last);
            }
        }
        before.add(id);
    }

    /** A member is about to acknowledge that. */
    synchronized void says(String id) {
        said.add(id);
    }

    /** The server has taken it. */
    synchronized void acknowledged(Set<String> ids) {
        acknowledged.addAll(ids);
    }

    synchronized int count() {
        return acknowledged.size();
    }

    /** That each of these events was acknowledged, that no other one was delivered, and that the order was kept. */
    synchronized void check(List<JsonNode> log) {
        assertThat(faults).isEmpty();
        var positions =
                log.stream().map(event -> event.get("position").asString()).toList();
        assertThat(acknowledged).containsExactlyInAnyOrderElementsOf(positions);
        assertThat(events.keySet()).containsExactlyInAnyOrderElementsOf(positions);
        assertThat(log)
                .allSatisfy(event ->
                        assertThat(events.get(event.get("position").asString())).isEqualTo(event));
    }

    synchronized String tell() {
        return events.size() + " events, " + deliveries + " deliveries, " + (deliveries - events.size())
                + " of them duplicates, of which " + afterAcknowledgement
                + " had been acknowledged before";
    }
}
