package dev.muster.view;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the record of a view. The application finds it and offers a {@code ViewStore} of it to whoever asks for one by its
 * type, made from the record's constant:
 *
 * <pre>{@code
 * @View
 * public record ItemView(String itemId, long available) {
 *     static final ViewDefinition<ItemView> DEFINITION =
 *             ViewDefinition.of("items", 1, ItemView.class, ItemView::itemId).number("available", ItemView::available);
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface View {}
