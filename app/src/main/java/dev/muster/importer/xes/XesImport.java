package dev.muster.importer.xes;

import dev.muster.importer.CommandSink;
import dev.muster.importer.CommandSink.Circumstances;
import dev.muster.importer.ImportReport;
import dev.muster.message.Refusal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Sends the commands of a log whose events come in the order of time. It keeps the missions that are under way. */
final class XesImport {

    private final ImportReport report;
    private final CaseCommands commands;
    private final CaseCarrier carrier;
    private final TransitionMapping mapping;
    private final Map<Long, CaseMission> underWay = new HashMap<>();

    /** Why cases could not be planned, by their numbers. */
    private final Map<Long, String> unplanned = new HashMap<>();

    XesImport(CommandSink sink, ImportReport report) {
        this.report = report;
        this.commands = new CaseCommands(sink, report);
        this.carrier = new CaseCarrier(commands);
        this.mapping = new TransitionMapping(commands, carrier, report);
    }

    void apply(Instant at, Entry entry) {
        if (entry instanceof CasePlan plan) {
            begin(at, plan);
        } else if (entry instanceof CaseEvent event) {
            apply(at, event);
        }
    }

    private void begin(Instant at, CasePlan plan) {
        var mission = new CaseMission(plan);
        commands.at(new Circumstances(at, CaseCarrier.planner(mission), false, plan.source()));
        try {
            if (plan.planner() != null) {
                commands.agent(plan.planner());
            }
            carrier.begin(mission);
            underWay.put(plan.number(), mission);
        } catch (Refusal refusal) {
            unplanned.put(plan.number(), refusal.problem().code());
        }
    }

    private void apply(Instant at, CaseEvent event) {
        var mission = underWay.get(event.number());
        if (mission == null) {
            report.refused("of a case that can't be planned: " + unplanned.get(event.number()), event.source());
            return;
        }
        var task = mission.tasks.get(event.step());
        commands.at(new Circumstances(at, TransitionMapping.actor(task, event), false, event.source()));
        try {
            mapping.apply(mission, event);
        } catch (Refusal refusal) {
            report.refused(event.transition().label() + ": " + refusal.problem().code(), event.source());
        }
        if (--mission.toCome == 0) {
            underWay.remove(event.number());
            wrapUp(mission);
        }
    }

    private void wrapUp(CaseMission mission) {
        try {
            carrier.wrapUp(mission);
        } catch (Refusal refusal) {
            report.dependency(
                    "a stopped mission that can't be wrapped up: "
                            + refusal.problem().code(),
                    mission.plan.source());
        }
    }
}
