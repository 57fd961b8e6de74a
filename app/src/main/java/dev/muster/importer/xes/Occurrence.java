package dev.muster.importer.xes;

import org.jspecify.annotations.Nullable;

/** One occurrence of an activity in a case, as far as its events are read. */
final class Occurrence {

    /** Its place among the steps of the case. */
    final int step;

    final String activity;
    final @Nullable String instance;

    /** How many steps of the case had ended when it began. */
    final int endedBefore;

    final boolean ofStatus;
    Effect phase;

    @Nullable
    String resource;

    Occurrence(int step, XesEvent first, int endedBefore) {
        this.step = step;
        this.activity = String.valueOf(first.activity());
        this.instance = first.instance();
        this.endedBefore = endedBefore;
        this.ofStatus = first.transition().isStatus();
        this.phase = Effect.WAITS;
    }

    void take(XesEvent event) {
        var effect = event.transition().effect();
        phase = effect == Effect.STAYS ? phase : effect;
        resource = event.resource() == null ? resource : event.resource();
    }
}
