package dev.muster.message;

import static java.util.Collections.unmodifiableCollection;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The commands, queries and events that an application knows. It is the API: every edge is made from it, so that a new
 * aggregate or projection is offered everywhere without further code. Immutable; iteration is in the order of names.
 */
public final class MessageCatalog {

    private final Map<String, CommandEntry> commands;
    private final Map<String, QueryEntry> queries;
    private final Map<String, EventEntry> events;

    private MessageCatalog(Builder builder) {
        commands = new TreeMap<>(builder.commands);
        queries = new TreeMap<>(builder.queries);
        events = new TreeMap<>(builder.events);
    }

    public static Builder builder() {
        return new Builder();
    }

    public Collection<CommandEntry> commands() {
        return unmodifiableCollection(commands.values());
    }

    public Collection<QueryEntry> queries() {
        return unmodifiableCollection(queries.values());
    }

    public Collection<EventEntry> events() {
        return unmodifiableCollection(events.values());
    }

    /** The command of that name in kebab case, also one that no edge offers. */
    public Optional<CommandEntry> command(String kebab) {
        return Optional.ofNullable(commands.get(kebab));
    }

    /** The query of that name in kebab case, also one that no edge offers. */
    public Optional<QueryEntry> query(String kebab) {
        return Optional.ofNullable(queries.get(kebab));
    }

    /** The event of that stored name. */
    public Optional<EventEntry> event(String name) {
        return Optional.ofNullable(events.get(name));
    }

    /** What edges offer, and every event, as {@code GET /api/catalog} answers it. */
    public JsonNode toJson() {
        return CatalogJson.of(this);
    }

    /** Collects what the handlers of an application take. To add the same again changes nothing. */
    public static final class Builder {

        private final Lazy<MessageSchemas> schemas = Lazy.of(MessageSchemas::new);
        private final Map<String, CommandEntry> commands = new TreeMap<>();
        private final Map<String, QueryEntry> queries = new TreeMap<>();
        private final Map<String, EventEntry> events = new TreeMap<>();
        private final List<Class<?>> payloads = new ArrayList<>();

        private Builder() {}

        /**
         * Adds a command.
         *
         * @param creates whether it may create its target
         * @param result what the handler answers with, as its method declares it; a future or an optional of something
         *     counts as that thing, none as {@code void}
         */
        public Builder command(Class<?> payload, boolean creates, @Nullable Type result) {
            var target = Payloads.target(payload);
            var role = Payloads.role(payload);
            var answer = result == null ? Optional.<Type>empty() : Payloads.answer(result);
            var name = MessageNames.nameOf(payload);
            return add(
                    commands,
                    Kebab.of(name),
                    new CommandEntry(
                            name,
                            Kebab.of(name),
                            Payloads.description(payload),
                            role,
                            payload,
                            target,
                            creates,
                            answer,
                            input(payload, Payloads.filledIn(target, creates, role)),
                            answer.map(this::output)));
        }

        /**
         * Adds a query.
         *
         * @param result what the handler answers with, as its method declares it: a record or a {@link Page}; a future
         *     or an optional of something counts as that thing
         */
        public Builder query(Class<?> payload, Type result) {
            var answer = Payloads.answer(result)
                    .orElseThrow(() -> new IllegalStateException("The query " + payload.getName() + " has no answer."));
            var name = MessageNames.nameOf(payload);
            return add(
                    queries,
                    Kebab.of(name),
                    new QueryEntry(
                            name,
                            Kebab.of(name),
                            Payloads.description(payload),
                            Payloads.role(payload),
                            payload,
                            answer,
                            input(payload, Set.of()),
                            output(answer)));
        }

        /** Adds an event. */
        public Builder event(Class<?> payload) {
            var revision = payload.getAnnotation(Revision.class);
            var name = MessageNames.nameOf(payload);
            return add(
                    events,
                    name,
                    new EventEntry(name, revision == null ? "" : revision.value(), payload, output(payload)));
        }

        /**
         * The catalog of all that was added.
         *
         * @throws NameClash if two messages have one name
         */
        public MessageCatalog build() {
            MessageNames.of(payloads);
            return new MessageCatalog(this);
        }

        private LazySchema input(Class<?> payload, Set<String> filledIn) {
            return new LazySchema(
                    List.of(payload, filledIn), () -> schemas.get().input(payload, filledIn));
        }

        private LazySchema output(Type type) {
            return new LazySchema(type, () -> schemas.get().output(type));
        }

        private <E extends MessageEntry> Builder add(Map<String, E> entries, String key, E entry) {
            payloads.add(entry.payload());
            var other = entries.putIfAbsent(key, entry);
            if (other != null && other.payload() != entry.payload()) {
                throw NameClash.ofMessages(key, other.payload(), entry.payload());
            }
            if (other != null && !other.equals(entry)) {
                throw new IllegalStateException(
                        entry.payload().getName() + " was added twice, in two ways that differ.");
            }
            return this;
        }
    }
}
