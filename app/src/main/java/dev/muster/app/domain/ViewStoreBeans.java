package dev.muster.app.domain;

import dev.muster.message.NameClash;
import dev.muster.view.View;
import dev.muster.view.ViewDefinition;
import dev.muster.view.ViewStore;
import dev.muster.view.ViewStores;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;

/** Offers a store for each record that is marked with {@link View}, by the type of the views. */
public final class ViewStoreBeans implements BeanDefinitionRegistryPostProcessor {

    private static final String DEFINITION = "DEFINITION";

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        var beans = (ConfigurableListableBeanFactory) registry;
        var types = new HashMap<String, Class<?>>();
        for (var type : DomainTypes.annotatedWith(View.class, beans)) {
            var definition = definition(type);
            var other = types.putIfAbsent(definition.name(), type);
            if (other != null) {
                throw new NameClash("views", definition.name(), other, type, "Rename one, in its " + DEFINITION + ".");
            }
            var bean = new RootBeanDefinition(ViewStore.class, () -> open(beans, definition));
            bean.setTargetType(ResolvableType.forClassWithGenerics(ViewStore.class, type));
            bean.setDestroyMethodName("");
            registry.registerBeanDefinition("views of " + definition.name(), bean);
        }
    }

    private static ViewStore<?> open(ConfigurableListableBeanFactory beans, ViewDefinition<?> definition) {
        return beans.getBean(ViewStores.class).open(definition);
    }

    private static ViewDefinition<?> definition(Class<?> view) {
        try {
            var field = view.getDeclaredField(DEFINITION);
            field.setAccessible(true);
            if (field.get(null) instanceof ViewDefinition<?> definition && definition.type() == view) {
                return definition;
            }
            throw noDefinition(view, null);
        } catch (ReflectiveOperationException | NullPointerException e) {
            throw noDefinition(view, e);
        }
    }

    private static DomainFault noDefinition(Class<?> view, @Nullable Exception cause) {
        return new DomainFault(
                view.getName() + " is marked with @View, but does not say what it is.",
                "Give it a constant: static final ViewDefinition<" + view.getSimpleName() + "> " + DEFINITION + ".",
                cause);
    }
}
