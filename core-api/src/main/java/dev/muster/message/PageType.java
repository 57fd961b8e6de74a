package dev.muster.message;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.axonframework.messaging.responsetypes.AbstractResponseType;

/**
 * What a query for many answers, to be handed to Axon's {@code QueryGateway}: a {@link Page} of items of one type. Axon's
 * own response types find no handler whose answer has a type parameter.
 */
public final class PageType<T> extends AbstractResponseType<Page<T>> {

    private final Class<T> item;

    private PageType(Class<T> item) {
        super(Page.class);
        this.item = item;
    }

    public static <T> PageType<T> of(Class<T> item) {
        return new PageType<>(item);
    }

    @Override
    public boolean matches(Type responseType) {
        return responseType instanceof ParameterizedType page
                && page.getRawType() == Page.class
                && page.getActualTypeArguments()[0] instanceof Class<?> items
                && item.isAssignableFrom(items);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Class<Page<T>> responseMessagePayloadType() {
        return (Class<Page<T>>) expectedResponseType;
    }

    @Override
    public String toString() {
        return "PageType{" + item + "}";
    }
}
