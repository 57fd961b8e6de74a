package dev.muster.world;

import dev.muster.view.ViewDefinition;
import java.util.ArrayList;
import java.util.List;

/**
 * What the read side of an application is made of: the classes of its projections and query handlers, and the views that
 * they are made with. From it a {@link World} makes instances of its own; so a constructor takes only stores of views, plain
 * values, and what a World has ({@link dev.muster.history.LogReader}). Immutable.
 */
public final class Domain {

    private final List<ViewDefinition<?>> views;
    private final List<Class<?>> projections;
    private final List<Class<?>> queries;
    private final List<Object> values;

    private Domain(Builder builder) {
        views = List.copyOf(builder.views);
        projections = List.copyOf(builder.projections);
        queries = List.copyOf(builder.queries);
        values = List.copyOf(builder.values);
    }

    public static Builder builder() {
        return new Builder();
    }

    public List<ViewDefinition<?>> views() {
        return views;
    }

    /** The classes with annotated event handlers, in the order in which each is given an event. */
    public List<Class<?>> projections() {
        return projections;
    }

    /** The classes with annotated query handlers. */
    public List<Class<?>> queries() {
        return queries;
    }

    List<Object> values() {
        return values;
    }

    /** Collects the parts of a domain. */
    public static final class Builder {

        private final List<ViewDefinition<?>> views = new ArrayList<>();
        private final List<Class<?>> projections = new ArrayList<>();
        private final List<Class<?>> queries = new ArrayList<>();
        private final List<Object> values = new ArrayList<>();

        private Builder() {}

        /** Views of which a {@code ViewStore} may be asked for, by the type of the views. */
        public Builder view(ViewDefinition<?> definition) {
            views.add(definition);
            return this;
        }

        public Builder projection(Class<?> projection) {
            projections.add(projection);
            return this;
        }

        public Builder queries(Class<?> handler) {
            queries.add(handler);
            return this;
        }

        /** A plain value, which a constructor may ask for by its type. */
        public Builder value(Object value) {
            values.add(value);
            return this;
        }

        public Domain build() {
            return new Domain(this);
        }
    }
}
