package dev.muster;

import dev.muster.access.TokenCommand;
import dev.muster.access.TokenEvent;
import dev.muster.access.TokenQuery;
import dev.muster.agent.AgentCommand;
import dev.muster.agent.AgentEvent;
import dev.muster.agent.AgentQuery;
import dev.muster.digest.DigestQuery;
import dev.muster.history.HistoryQuery;
import dev.muster.message.MessageNames;
import dev.muster.mission.MissionCommand;
import dev.muster.mission.MissionEvent;
import dev.muster.mission.MissionQuery;
import dev.muster.subscription.SubscriptionCommand;
import dev.muster.subscription.SubscriptionEvent;
import dev.muster.subscription.SubscriptionQuery;
import dev.muster.task.TaskCommand;
import dev.muster.task.TaskEvent;
import dev.muster.task.TaskQuery;
import dev.muster.whatif.WhatIf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** All messages of this module. */
public final class Messages {

    private Messages() {}

    public static Set<Class<?>> commands() {
        return MessageNames.below(
                AgentCommand.class,
                TaskCommand.class,
                MissionCommand.class,
                SubscriptionCommand.class,
                TokenCommand.class);
    }

    public static Set<Class<?>> queries() {
        return MessageNames.below(
                AgentQuery.class,
                TaskQuery.class,
                MissionQuery.class,
                SubscriptionQuery.class,
                TokenQuery.class,
                HistoryQuery.class,
                DigestQuery.class,
                WhatIf.class);
    }

    public static Set<Class<?>> events() {
        return MessageNames.below(
                AgentEvent.class, TaskEvent.class, MissionEvent.class, SubscriptionEvent.class, TokenEvent.class);
    }

    public static Collection<Class<?>> all() {
        List<Class<?>> all = new ArrayList<>(commands());
        all.addAll(queries());
        all.addAll(events());
        return all;
    }
}
