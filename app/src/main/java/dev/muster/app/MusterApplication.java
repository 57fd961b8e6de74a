package dev.muster.app;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** The application that Muster is when it runs by itself. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class MusterApplication {}
