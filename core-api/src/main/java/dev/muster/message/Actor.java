package dev.muster.message;

import org.jspecify.annotations.Nullable;

/**
 * Who acts, as it stands in the metadata under {@link MetaKeys#ACTOR}: an operator ({@code operator:<name>}, or
 * {@code anonymous}), an auditor ({@code auditor:<name>}), the system ({@code system:<name>}), or an agent, by its plain
 * identifier. Edges take it from who was authenticated.
 */
public record Actor(String name) {

    public static final Actor ANONYMOUS = new Actor("anonymous");
    private static final String OPERATOR = "operator:";
    private static final String AUDITOR = "auditor:";
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

    public static Actor auditor(String name) {
        return new Actor(AUDITOR + name);
    }

    public static Actor system(String name) {
        return new Actor(SYSTEM + name);
    }

    public boolean isOperator() {
        return name.startsWith(OPERATOR) || equals(ANONYMOUS);
    }

    /** Whether this actor reads, and sends no command. */
    public boolean isAuditor() {
        return name.startsWith(AUDITOR);
    }

    public boolean isSystem() {
        return name.startsWith(SYSTEM);
    }

    public boolean isAgent() {
        return !isOperator() && !isAuditor() && !isSystem();
    }

    /** Whether this actor may send what needs that role; an auditor, of what needs none, only questions. */
    public boolean has(Role role) {
        return switch (role) {
            case ANYBODY -> true;
            case AUDITOR -> isAuditor() || isOperator() || isSystem();
            case OPERATOR -> isOperator() || isSystem();
            case SYSTEM -> isSystem();
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
