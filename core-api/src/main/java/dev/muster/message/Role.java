package dev.muster.message;

/** Who may send a message, at least. What depends on the state (the holder, the submitter) is checked by the aggregate. */
public enum Role {
    /** Agents, operators and the system; and, of questions, auditors. */
    ANYBODY,
    /** Auditors, operators and the system: for questions that agents may not ask. */
    AUDITOR,
    /** Operators and the system. */
    OPERATOR,
    /** Only the system itself: such a message is offered at no edge. */
    SYSTEM
}
