package dev.muster.app;

import org.axonframework.springboot.autoconfig.XStreamAutoConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** The application that Muster is when it runs by itself. Nothing of it is stored as XML, so no start makes a writer of it. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = XStreamAutoConfiguration.class)
public class MusterApplication {}
