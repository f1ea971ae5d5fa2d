package io.backhaul.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import io.backhaul.CapturedLog;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.MDC;

class LogSetupTest {
    private final LoggerContext context = new LoggerContext();

    LogSetupTest() {
        context.setMDCAdapter(MDC.getMDCAdapter());
    }

    @Test
    void anEventIsALineOnStderrAndItsRepetitionsAreFew() {
        LogSetup.setUp(context);
        var logger = context.getLogger("io.backhaul.pipeline.Home");

        try (var log = new CapturedLog()) {
            for (var i = 0; i < 3; i++) {
                logger.info("it is home backup={}", "b-1");
            }

            assertThat(log.lines())
                    .containsExactly("INFO it is home backup=b-1", "INFO it is home backup=b-1 repeated=2");
        }
    }

    @Test
    void detailsAndTheTalkOfLibrariesAreLeftOut() {
        LogSetup.setUp(context);

        try (var log = new CapturedLog()) {
            context.getLogger("io.backhaul.pipeline.Home").debug("details");
            context.getLogger("org.quartz.core.QuartzScheduler").info("started");
            context.getLogger("org.flywaydb.core").warn("something is wrong");

            assertThat(log.lines()).containsExactly("WARN something is wrong");
        }
    }

    @Test
    void logbackFindsItAndItStepsBackForTheFileOfTheseTests() {
        assertThat(ServiceLoader.load(Configurator.class)).hasExactlyElementsOfTypes(LogSetup.class);
        assertThat(new LogSetup().configure(context)).isEqualTo(ExecutionStatus.NEUTRAL);
        assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders())
                .isExhausted();
    }
}
