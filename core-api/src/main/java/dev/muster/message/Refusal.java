package dev.muster.message;

import org.axonframework.messaging.HandlerExecutionException;

/**
 * A message that was refused, by a rule or for its shape. The problem travels as the details of Axon's exception, so that
 * it reaches the sender also where the bus crosses a network. It has no stack trace: a refusal is an answer, not a fault.
 */
public class Refusal extends HandlerExecutionException {

    public Refusal(Problem problem) {
        super(problem.code() + ": " + problem.detail(), null, problem);
    }

    public Problem problem() {
        return this.<Problem>getDetails().orElseThrow();
    }
}
