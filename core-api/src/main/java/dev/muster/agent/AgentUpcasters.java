package dev.muster.agent;

import static dev.muster.evolution.EventForm.event;
import static dev.muster.evolution.Reading.as;

import dev.muster.evolution.Change;
import java.util.List;

/** What became of the earlier forms of the events of agents. */
public final class AgentUpcasters {

    public static final List<Change> CHANGES = List.of(event("AgentRegistered", "1")
            .becomes(
                    as("AgentRegistered", "2").without("maxConcurrentTasks"),
                    as("AgentLimitChanged", "1")
                            .only("agentId", "maxConcurrentTasks")
                            .ifPresent("maxConcurrentTasks")));

    private AgentUpcasters() {}
}
