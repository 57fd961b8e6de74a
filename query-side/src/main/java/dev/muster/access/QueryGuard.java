package dev.muster.access;

import dev.muster.message.Actor;
import dev.muster.message.MessageNames;
import dev.muster.message.MetaKeys;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import dev.muster.message.RequiresRole;
import dev.muster.message.Role;
import java.util.Locale;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.queryhandling.QueryMessage;
import org.jspecify.annotations.Nullable;

/**
 * Checks on the query bus, past which no route leads, who may ask what: a question that asks for a role is answered to who has
 * it, or is trusted since it is asked inside the process. One that does not say who asks is asked by nobody, who has no role.
 */
public final class QueryGuard {

    private static final ClassValue<Role> ROLES = new ClassValue<>() {
        @Override
        protected Role computeValue(Class<?> query) {
            var required = query.getAnnotation(RequiresRole.class);
            return required == null ? Role.ANYBODY : required.value();
        }
    };

    private QueryGuard() {}

    /** To be registered with the query bus, once and before all others: Axon would register a bean of this type by itself. */
    public static MessageHandlerInterceptor<QueryMessage<?, ?>> interceptor() {
        return QueryGuard::handle;
    }

    private static @Nullable Object handle(UnitOfWork<? extends QueryMessage<?, ?>> unitOfWork, InterceptorChain chain)
            throws Exception {
        var query = unitOfWork.getMessage();
        var role = ROLES.get(query.getPayloadType());
        if (role != Role.ANYBODY && !Boolean.TRUE.equals(query.getMetaData().get(MetaKeys.TRUSTED))) {
            var actor = (String) query.getMetaData().get(MetaKeys.ACTOR);
            if (actor == null || Actor.of(actor).isSystem() || !Actor.of(actor).has(role)) {
                throw refused(query, role, actor);
            }
        }
        return chain.proceed();
    }

    private static Refusal refused(QueryMessage<?, ?> query, Role role, @Nullable String actor) {
        return new Refusal(new Problem(
                "role-missing",
                "The actor may not ask this",
                403,
                MessageNames.nameOf(query.getPayloadType()) + " needs the role "
                        + role.name().toLowerCase(Locale.ROOT) + ", which " + (actor == null ? "nobody" : actor)
                        + " does not have. Ask with a token that has it."));
    }
}
