package dev.muster.app;

import dev.muster.mission.MissionSaga;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Saga;
import org.springframework.beans.factory.ListableBeanFactory;

/** The sagas among the beans: Muster's own, and those of other domains. */
final class Sagas {

    private final ListableBeanFactory beans;

    Sagas(ListableBeanFactory beans) {
        this.beans = beans;
    }

    /** The processing groups of all sagas; each is a processor. */
    TreeSet<String> groups() {
        return types().stream().map(Sagas::group).collect(Collectors.toCollection(TreeSet::new));
    }

    /** As Axon names it. */
    private static String group(Class<?> saga) {
        var named = saga.getAnnotation(ProcessingGroup.class);
        return named == null ? saga.getSimpleName() + "Processor" : named.value();
    }

    /** What stored sagas were made by: where it is another, they are made again. */
    String shape() {
        var others = types().stream()
                .filter(saga -> saga != MissionSaga.class)
                .map(saga -> " " + saga.getName() + "@" + revision(saga))
                .sorted()
                .collect(Collectors.joining());
        return MissionSaga.REVISION + others;
    }

    private static String revision(Class<?> saga) {
        var revision = saga.getAnnotation(Revision.class);
        return revision == null ? "" : revision.value();
    }

    private List<Class<?>> types() {
        return Arrays.stream(beans.getBeanNamesForAnnotation(Saga.class))
                .<Class<?>>map(name -> beans.getType(name, false))
                .filter(Objects::nonNull)
                .toList();
    }
}
