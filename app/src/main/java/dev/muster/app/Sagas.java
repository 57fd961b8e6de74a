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

    /** The name of the store of sagas. */
    private static final String STORE = "sagaStore";

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

    /** Those of a group. */
    List<Class<?>> of(String group) {
        return types().stream().filter(saga -> group(saga).equals(group)).toList();
    }

    /** Whether there may be other handlers in that group, which want events that concern no saga. */
    boolean hasOthers(String group) {
        return Arrays.stream(beans.getBeanNamesForAnnotation(ProcessingGroup.class))
                .map(name -> beans.getType(name, false))
                .anyMatch(type -> type == null
                        || !type.isAnnotationPresent(Saga.class) && group(type).equals(group));
    }

    /** Whether they are kept in the store that is used where no other one is named. */
    static boolean inUsualStore(Class<?> saga) {
        var named = saga.getAnnotation(Saga.class).sagaStore();
        return named.isEmpty() || named.equals(STORE);
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
