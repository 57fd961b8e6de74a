package dev.muster.message;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The names under which messages and stored state are known, whatever class and package they are in. */
public final class MessageNames {

    private final Map<String, Class<?>> classes;

    private MessageNames(Map<String, Class<?>> classes) {
        this.classes = classes;
    }

    /**
     * The names of these classes.
     *
     * @throws NameClash if two classes have one name
     */
    public static MessageNames of(Collection<Class<?>> messages) {
        var classes = new HashMap<String, Class<?>>();
        for (var message : messages) {
            var other = classes.putIfAbsent(nameOf(message), message);
            if (other != null && other != message) {
                throw NameClash.ofMessages(nameOf(message), other, message);
            }
        }
        return new MessageNames(Map.copyOf(classes));
    }

    /** The name of a message: what {@link MessageName} pins, else its simple name. */
    public static String nameOf(Class<?> message) {
        var pinned = message.getAnnotation(MessageName.class);
        return pinned == null ? message.getSimpleName() : pinned.value();
    }

    /** All records below these sealed interfaces. */
    public static Set<Class<?>> below(Class<?>... roots) {
        var found = new LinkedHashSet<Class<?>>();
        for (var root : roots) {
            collect(root, found::add);
        }
        return found;
    }

    private static void collect(Class<?> type, Consumer<Class<?>> found) {
        if (type.isSealed()) {
            for (var permitted : type.getPermittedSubclasses()) {
                collect(permitted, found);
            }
        } else {
            found.accept(type);
        }
    }

    public Optional<Class<?>> classOf(String name) {
        return Optional.ofNullable(classes.get(name));
    }

    public boolean contains(Class<?> message) {
        return classes.get(nameOf(message)) == message;
    }

    public Collection<Class<?>> classes() {
        return classes.values();
    }
}
