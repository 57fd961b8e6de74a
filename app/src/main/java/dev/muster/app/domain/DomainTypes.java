package dev.muster.app.domain;

import java.lang.annotation.Annotation;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** What of all domains is found by an annotation: below Muster's package and below the application's own. */
public final class DomainTypes {

    private static final String OWN = "dev.muster";

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
        var scanner = new ClassPathScanningCandidateComponentProvider(false) {
            @Override
            protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
                return definition.getMetadata().isIndependent();
            }
        };
        scanner.setResourceLoader(new DefaultResourceLoader(loader));
        // The one by which Spring has read all these classes just now, and remembers them.
        beans.getBeanProvider(MetadataReaderFactory.class, false).ifUnique(scanner::setMetadataReaderFactory);
        scanner.addIncludeFilter(new AnnotationTypeFilter(annotation));
        var found = new LinkedHashSet<Class<?>>();
        for (var each : packages(beans)) {
            for (var candidate : scanner.findCandidateComponents(each)) {
                var type = ClassUtils.resolveClassName(String.valueOf(candidate.getBeanClassName()), loader);
                if (type.isAnnotationPresent(annotation)) {
                    found.add(type);
                }
            }
        }
        return found;
    }
}
