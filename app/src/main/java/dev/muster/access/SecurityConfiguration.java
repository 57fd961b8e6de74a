package dev.muster.access;

import dev.muster.app.MusterProperties;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * The one chain of filters in front of every address: who bears no good token reaches nothing but the health and the card for other agents. There are no
 * sessions, cookies or forms, so nothing that a browser would send by itself lets anybody in.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.SERVLET)
@EnableWebSecurity
class SecurityConfiguration {

    private static final String HEALTH = "/actuator/health";

    /** Says how to hand over work, and what token that needs; so it is told without one, as A2A has it. */
    private static final String CARD = "/.well-known/agent-card.json";

    /** Of how many addresses, and of how many tokens, is counted what they send. */
    private static final int COUNTED = 10_000;

    /** A page of Muster may load what Muster serves, and may stand in no other page. */
    private static final String CONTENT = "default-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    @Bean
    Bearers bearers(KnownTokens tokens, Clock clock, MusterProperties properties) {
        var access = properties.access();
        return new Bearers(
                tokens,
                ForeignTokens.of(access.jwt()),
                clock,
                new Limits(access.failuresPerMinute(), Duration.ofMinutes(1), COUNTED, TimeMeter.SYSTEM_MILLISECONDS),
                new Limits(access.requestsPerSecond(), Duration.ofSeconds(1), COUNTED, TimeMeter.SYSTEM_MILLISECONDS));
    }

    @Bean
    SecurityFilterChain accessChain(
            HttpSecurity http,
            Bearers bearers,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver refusals,
            MusterProperties properties) {
        var origins = properties.access().allowedOrigins();
        http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)))
                .addFilterBefore(new BearerFilter(bearers, refusals), AuthorizationFilter.class)
                .authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                                .permitAll()
                                .requestMatchers(HEALTH, HEALTH + "/**")
                                .permitAll()
                                .requestMatchers(CARD)
                                .permitAll()
                                .requestMatchers("/actuator/**")
                                .hasAnyRole("OPERATOR", "AUDITOR")
                                .anyRequest()
                                .authenticated())
                .exceptionHandling(failures -> failures.authenticationEntryPoint(
                                (request, response, failure) -> refusals.resolveException(
                                        request,
                                        response,
                                        null,
                                        bearers.failed(request.getRemoteAddr(), AccessRefusals.missing())))
                        .accessDeniedHandler((request, response, denied) -> refusals.resolveException(
                                request, response, null, AccessRefusals.forbidden(Identity.of(request)))));
        if (origins.isEmpty()) {
            http.cors(AbstractHttpConfigurer::disable);
        } else {
            http.cors(cors -> cors.configurationSource(allowing(origins)));
        }
        return http.build();
    }

    private static UrlBasedCorsConfigurationSource allowing(List<String> origins) {
        var allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(origins);
        allowed.setAllowedMethods(List.of("GET", "POST", "DELETE"));
        allowed.addAllowedHeader(CorsConfiguration.ALL);
        allowed.setExposedHeaders(List.of("ETag", "Muster-Position", "Muster-Request-Id", "Retry-After"));
        allowed.setMaxAge(Duration.ofHours(1));
        var source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/**", allowed);
        return source;
    }

    /** Nobody logs in by name and password. Without it Spring Boot would make a user, and print the password. */
    @Bean
    AuthenticationManager nobodyByPassword() {
        return authentication -> {
            throw new BadCredentialsException("There are no passwords");
        };
    }

    /** Observed would be each filter of each request, which costs more than what they do; HttpMeters times requests. */
    @Bean
    SecurityObservationSettings unobserved() {
        return SecurityObservationSettings.noObservations();
    }

    /** Refuses addresses that could be read in two ways. Of a header's value the container has seen to it that it is one line. */
    @Bean
    HttpFirewall httpFirewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderValues(value -> value.indexOf('\0') < 0);
        return firewall;
    }

    @Bean
    RequestRejectedHandler requestRejectedHandler(
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver refusals) {
        return (request, response, rejected) ->
                refusals.resolveException(request, response, null, AccessRefusals.rejected());
    }
}
