package dev.muster.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/** The agents of the story. */
final class Crew {

    private final List<Agent> agents = new ArrayList<>();
    private final Session session;

    Crew(Session session) {
        this.session = session;
        Plans.CREW.forEach((id, capabilities) -> agents.add(new Agent(id, capabilities)));
    }

    void register() {
        for (var agent : agents) {
            session.accepted(
                    agent.id,
                    "register-agent",
                    Map.of("capabilities", agent.capabilities, "maxConcurrentTasks", 1),
                    String.join(", ", agent.capabilities));
        }
    }

    /** In the order of their names, so that a seed picks the same one each time. */
    List<Agent> which(Predicate<Agent> fits) {
        return agents.stream().filter(fits).toList();
    }

    Agent holderOf(String task) {
        return agents.stream()
                .filter(agent -> agent.holds() && agent.held().task.equals(task))
                .findFirst()
                .orElseThrow(() -> new Session.Derailed("Nobody holds " + task));
    }

    static <T> T pick(List<T> among, Random random) {
        return among.get(random.nextInt(among.size()));
    }

    /** Says for those who live and hold a task that they do, since each has to wait for its turn. */
    void keepAlive() {
        for (var agent : agents) {
            if (agent.canMove() && agent.held().needsHeartbeat()) {
                var held = agent.held();
                session.heartbeat(agent.id, Map.of("taskId", held.task, "fencingToken", held.token))
                        .ifPresent(held::extended);
            }
        }
    }
}
