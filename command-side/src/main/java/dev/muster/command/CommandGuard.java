package dev.muster.command;

import dev.muster.agent.AgentId;
import dev.muster.message.Actor;
import dev.muster.message.MessageNames;
import dev.muster.message.MetaKeys;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import dev.muster.message.RequiresRole;
import dev.muster.message.Role;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Checks on the command bus, past which no route leads, who may send what: an agent acts only as itself, a message that
 * asks for a role is sent by who has it, an auditor sends none, and as the system acts only what is sent inside the process.
 */
public final class CommandGuard implements MessageHandlerInterceptor<CommandMessage<?>> {

    private static final ClassValue<Rules> RULES = new ClassValue<>() {
        @Override
        protected Rules computeValue(Class<?> command) {
            return Rules.of(command);
        }
    };

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain chain) throws Exception {
        check(unitOfWork.getMessage());
        return chain.proceed();
    }

    private static void check(CommandMessage<?> command) throws ReflectiveOperationException {
        if (Boolean.TRUE.equals(command.getMetaData().get(MetaKeys.TRUSTED))) {
            return;
        }
        var actor = Actor.of((String) command.getMetaData().get(MetaKeys.ACTOR));
        if (actor.isSystem()) {
            throw refused(
                    "actor-reserved",
                    "This actor's name is reserved",
                    "Nobody outside of Muster acts as " + actor
                            + ". Send the command as an agent or as operator:NAME.");
        }
        var name = MessageNames.nameOf(command.getPayloadType());
        if (actor.isAuditor()) {
            throw refused(
                    "auditor-reads-only",
                    "An auditor changes nothing",
                    name + " was sent by " + actor + ", who may read alone. Use a token of an agent or an operator.");
        }
        var rules = RULES.get(command.getPayloadType());
        if (!actor.has(rules.role())) {
            throw refused(
                    "role-missing",
                    "The actor may not send this command",
                    name + " needs the role " + rules.role().name().toLowerCase(Locale.ROOT) + ", which " + actor
                            + " does not have.");
        }
        if (actor.isAgent() && rules.agentId().isPresent()) {
            var agent = (AgentId) rules.agentId().get().invoke(command.getPayload());
            if (agent != null && !agent.value().equals(actor.name())) {
                throw refused(
                        "agent-not-itself",
                        "An agent acts only as itself",
                        name + " names the agent " + agent.value() + ", but was sent by " + actor
                                + ". Leave agentId out, or send the command as an operator.");
            }
        }
    }

    private static Refusal refused(String code, String title, String detail) {
        return new Refusal(new Problem(code, title, 403, detail, Map.of()));
    }

    private record Rules(Role role, Optional<Method> agentId) {

        static Rules of(Class<?> command) {
            var required = command.getAnnotation(RequiresRole.class);
            var agentId = command.isRecord()
                    ? Arrays.stream(command.getRecordComponents())
                            .filter(component ->
                                    component.getName().equals("agentId") && component.getType() == AgentId.class)
                            .map(RecordComponent::getAccessor)
                            .findFirst()
                    : Optional.<Method>empty();
            agentId.ifPresent(method -> method.setAccessible(true));
            return new Rules(required == null ? Role.ANYBODY : required.value(), agentId);
        }
    }
}
