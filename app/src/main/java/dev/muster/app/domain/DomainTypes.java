package dev.muster.app.domain;

import java.lang.annotation.Annotation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/** What of all domains is found by an annotation: below Muster's package and below the application's own. */
public final class DomainTypes {

    static final String OWN = "dev.muster";

    private DomainTypes() {}

    /** The packages of all domains; those of jars among them. None is below another of Muster's. */
    public static Set<String> packages(ConfigurableListableBeanFactory beans) {
        var packages = new LinkedHashSet<String>();
        packages.add(OWN);
        if (AutoConfigurationPackages.has(beans)) {
            for (var each : new TreeSet<>(AutoConfigurationPackages.get(beans))) {
                if (!each.startsWith(OWN + ".")) {
                    packages.add(each);
                }
            }
        }
        return packages;
    }

    /** The classes that bear the annotation themselves. */
    public static Set<Class<?>> annotatedWith(
            Class<? extends Annotation> annotation, ConfigurableListableBeanFactory beans) {
        var loader = beans.getBeanClassLoader();
        var found = new LinkedHashSet<Class<?>>();
        for (var each : packages(beans)) {
            for (var name : names(each, annotation, beans)) {
                var type = ClassUtils.resolveClassName(name, loader);
                if (type.isAnnotationPresent(annotation)) {
                    found.add(type);
                }
            }
        }
        return found;
    }

    /** The names of Muster's own components, which the application is made of. */
    public static List<String> ownComponents(ConfigurableListableBeanFactory beans) {
        return names(OWN, Component.class, beans);
    }

    private static List<String> names(
            String root, Class<? extends Annotation> annotation, ConfigurableListableBeanFactory beans) {
        var loader = Objects.requireNonNull(beans.getBeanClassLoader());
        var listed = root.equals(OWN) ? OwnTypes.listed(annotation, loader) : Optional.<List<String>>empty();
        // The one by which Spring has read all these classes just now, and remembers them.
        return listed.orElseGet(() -> scan(
                root,
                annotation,
                loader,
                beans.getBeanProvider(MetadataReaderFactory.class, false).getIfUnique()));
    }

    /**
     * The names of concrete classes that bear the annotation, or one that bears it. What the application begins with is none of its parts.
     *
     * @param readers by which classes are read; if {@code null}, by one that forgets
     */
    static List<String> scan(
            String root,
            Class<? extends Annotation> annotation,
            ClassLoader loader,
            @Nullable MetadataReaderFactory readers) {
        var scanner = new ClassPathScanningCandidateComponentProvider(false) {
            @Override
            protected boolean isCandidateComponent(MetadataReader type) {
                var metadata = type.getAnnotationMetadata();
                return metadata.isAnnotated(annotation.getName())
                        && !metadata.isAnnotated(SpringBootConfiguration.class.getName())
                        && !metadata.isAnnotated(AutoConfiguration.class.getName());
            }

            @Override
            protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
                return definition.getMetadata().isIndependent()
                        && definition.getMetadata().isConcrete();
            }
        };
        scanner.setResourceLoader(new DefaultResourceLoader(loader));
        if (readers != null) {
            scanner.setMetadataReaderFactory(readers);
        }
        return scanner.findCandidateComponents(root).stream()
                .map(BeanDefinition::getBeanClassName)
                .filter(Objects::nonNull)
                .toList();
    }
}
