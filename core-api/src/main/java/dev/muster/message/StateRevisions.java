package dev.muster.message;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.common.annotation.AnnotationUtils;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.serialization.AnnotationRevisionResolver;
import org.axonframework.serialization.RevisionResolver;
import org.jspecify.annotations.Nullable;

/**
 * The revision with which stored state is written. That of an aggregate, so of its snapshots, has two parts, {@code
 * 1+04d8a3c57e90b21f}: the {@link org.axonframework.serialization.Revision} that it names, which is raised by hand where its values
 * come to mean something else, and the fingerprint of its {@link StoredShape}, which changes by itself with its fields. So a
 * snapshot of an older shape is known, also where raising the revision was forgotten. Other state has the revision that it names.
 * Thread-safe.
 */
public final class StateRevisions implements RevisionResolver {

    private final RevisionResolver named = new AnnotationRevisionResolver();
    private final Map<Class<?>, String> known = new ConcurrentHashMap<>();

    @Override
    public @Nullable String revisionOf(Class<?> type) {
        return isAggregate(type) ? known.computeIfAbsent(type, this::withShape) : named.revisionOf(type);
    }

    private String withShape(Class<?> type) {
        var revision = named.revisionOf(type);
        return (revision == null ? "" : revision) + "+" + StoredShape.fingerprint(type);
    }

    private static boolean isAggregate(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (AnnotationUtils.isAnnotationPresent(each, AggregateRoot.class)) {
                return true;
            }
        }
        return false;
    }
}
