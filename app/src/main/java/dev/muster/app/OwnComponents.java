package dev.muster.app;

import dev.muster.app.domain.DomainTypes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.type.AnnotationMetadata;

/** Muster's own components, without a scan wherever the build has listed them. What is imported is named by its whole name. */
final class OwnComponents implements ImportSelector, BeanFactoryAware {

    private @Nullable ConfigurableListableBeanFactory beans;

    @Override
    public void setBeanFactory(BeanFactory beans) {
        this.beans = (ConfigurableListableBeanFactory) beans;
    }

    @Override
    public String[] selectImports(AnnotationMetadata importing) {
        return DomainTypes.ownComponents(Objects.requireNonNull(beans)).toArray(String[]::new);
    }
}
