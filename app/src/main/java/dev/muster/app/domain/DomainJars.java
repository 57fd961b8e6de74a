package dev.muster.app.domain;

import dev.muster.view.View;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.serialization.Revision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanDefinitionStoreException;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.Ordered;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ReflectionUtils;

/**
 * Makes the jars in the folder {@code domain} of the home a part of the application, as soon as it is known where the home
 * is: their classes are loaded beside Muster's, and their packages count as the application's own.
 */
public final class DomainJars implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private static final Logger LOG = LoggerFactory.getLogger(DomainJars.class);
    private static final String FOLDER = "domain";

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        var home = Binder.get(event.getEnvironment())
                .bind("muster.home", Path.class)
                .orElse(Path.of("muster-home"));
        var jars = DomainJar.allIn(home.resolve(FOLDER));
        if (!jars.isEmpty()) {
            var application = event.getSpringApplication();
            var loader = new URLClassLoader(FOLDER, urls(jars), application.getClassLoader());
            Thread.currentThread().setContextClassLoader(loader);
            application.setResourceLoader(new DefaultResourceLoader(loader));
            application.addInitializers(context -> addAll(jars, loader, context));
        }
    }

    /** What loads the classes of the domains in that home, beside what the parent loads; the parent, if there are none. */
    public static ClassLoader loader(Path home, ClassLoader parent) {
        var jars = DomainJar.allIn(home.resolve(FOLDER));
        return jars.isEmpty() ? parent : new URLClassLoader(FOLDER, urls(jars), parent);
    }

    private static URL[] urls(List<DomainJar> jars) {
        var urls = new ArrayList<URL>();
        for (var jar : jars) {
            try {
                urls.add(jar.file().toUri().toURL());
            } catch (MalformedURLException e) {
                throw new IllegalStateException("Not the address of a file: " + jar.file(), e);
            }
        }
        return urls.toArray(URL[]::new);
    }

    private static void addAll(List<DomainJar> jars, ClassLoader loader, ConfigurableApplicationContext context) {
        for (var jar : jars) {
            try {
                check(jar, loader);
                add(jar, loader, (BeanDefinitionRegistry) context);
            } catch (BeanDefinitionStoreException | IllegalStateException e) {
                throw new DomainFault(
                        jar.file() + " can't be used: " + e.getMessage() + ".",
                        "Mend what it says in the domain, or remove the jar.",
                        e);
            }
            LOG.info("The domain of {} is a part of this application: {}", jar.file(), jar.packages());
        }
    }

    private static void add(DomainJar jar, ClassLoader loader, BeanDefinitionRegistry beans) {
        var packages = jar.packages().toArray(String[]::new);
        var scanner = new ClassPathBeanDefinitionScanner(beans);
        var ownAutoConfiguration = new AutoConfigurationExcludeFilter();
        ownAutoConfiguration.setBeanClassLoader(loader);
        scanner.addExcludeFilter(ownAutoConfiguration);
        scanner.scan(packages);
        AutoConfigurationPackages.register(beans, packages);
    }

    /** What is found by annotation is loaded, so that it is told here, with the jar's name, if something is missing. */
    private static void check(DomainJar jar, ClassLoader loader) {
        var scanner = new ClassPathScanningCandidateComponentProvider(true);
        scanner.setResourceLoader(new DefaultResourceLoader(loader));
        scanner.addIncludeFilter(new AnnotationTypeFilter(View.class));
        scanner.addIncludeFilter(new AnnotationTypeFilter(Revision.class));
        for (var each : jar.packages()) {
            for (var candidate : scanner.findCandidateComponents(each)) {
                load(jar, String.valueOf(candidate.getBeanClassName()), loader);
            }
        }
    }

    private static void load(DomainJar jar, String name, ClassLoader loader) {
        try {
            var type = Class.forName(name, false, loader);
            ReflectionUtils.getDeclaredMethods(type);
            type.getDeclaredConstructors();
            type.getDeclaredFields();
        } catch (ClassNotFoundException | LinkageError | IllegalStateException e) {
            var linkage = e instanceof IllegalStateException && e.getCause() != null ? e.getCause() : e;
            throw new DomainFault(
                    jar.file() + " can't be used: its class " + name + " can't be loaded (" + linkage + ").",
                    "Build it against this version of Muster, or put what it needs beside it.",
                    e);
        }
    }

    /** After those who find out what the environment is. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
