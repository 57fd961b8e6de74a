package dev.muster.message;

import org.jspecify.annotations.Nullable;

/**
 * Who acts, as it stands in the metadata under {@link MetaKeys#ACTOR}: an operator ({@code operator:<name>}, or
 * {@code anonymous}), the system ({@code system:<name>}), or an agent, by its plain identifier.
 */
public record Actor(String name) {

    public static final Actor ANONYMOUS = new Actor("anonymous");
    private static final String OPERATOR = "operator:";
    private static final String SYSTEM = "system:";

    public Actor {
        EntityId.check("actor", name);
    }

    /** The actor of that name; without one it is {@link #ANONYMOUS}. */
    public static Actor of(@Nullable String name) {
        return name == null || name.isEmpty() ? ANONYMOUS : new Actor(name);
    }

    public static Actor operator(String name) {
        return new Actor(OPERATOR + name);
    }

    public static Actor system(String name) {
        return new Actor(SYSTEM + name);
    }

    public boolean isOperator() {
        return name.startsWith(OPERATOR) || equals(ANONYMOUS);
    }

    public boolean isSystem() {
        return name.startsWith(SYSTEM);
    }

    public boolean isAgent() {
        return !isOperator() && !isSystem();
    }

    /** Whether this actor may send what needs that role. */
    public boolean has(Role role) {
        return switch (role) {
            case ANYBODY -> true;
            case OPERATOR -> isOperator() || isSystem();
            case SYSTEM -> isSystem();
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
