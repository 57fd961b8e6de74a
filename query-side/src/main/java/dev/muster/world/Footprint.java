package dev.muster.world;

import dev.muster.message.JsonMappers;
import dev.muster.view.InMemoryViewStores;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * How much memory views take, roughly and rather too much than too little: of each kind some are written as JSON, and the
 * length of that stands for all. The benchmark shows it beside what the heap says.
 */
final class Footprint {

    /** Of how many views of a kind the length is taken. */
    private static final int SAMPLES = 50;

    /** Objects, their headers and references take some four times what their JSON does. */
    private static final int BYTES_PER_CHARACTER = 4;

    private static final int BYTES_PER_ENTRY = 100;

    private static final JsonMapper JSON =
            JsonMappers.events(JsonMapper.builder()).build();

    private Footprint() {}

    static long of(Domain domain, InMemoryViewStores stores) {
        return domain.views().stream().mapToLong(view -> of(stores.views(view))).sum();
    }

    private static long of(List<?> views) {
        var characters = views.stream()
                .limit(SAMPLES)
                .mapToLong(view -> JSON.writeValueAsString(view).length())
                .average()
                .orElse(0);
        return Math.round(views.size() * (BYTES_PER_ENTRY + BYTES_PER_CHARACTER * characters));
    }
}
