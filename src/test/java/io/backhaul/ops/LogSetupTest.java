package io.backhaul.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.MDC;

class LogSetupTest {
    private final LoggerContext context = new LoggerContext();

    LogSetupTest() {
        context.setMDCAdapter(MDC.getMDCAdapter());
    }

    /** What goes to stderr meanwhile. */
    private String said(Consumer<LoggerContext> work) {
        var stderr = System.err;
        var said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, UTF_8));
        try {
            work.accept(context);
        } finally {
            System.setErr(stderr);
        }
        return said.toString(UTF_8);
    }

    @Test
    void anEventIsALineOnStderrAndItsRepetitionsAreFew() {
        LogSetup.setUp(context);
        var logger = context.getLogger("io.backhaul.pipeline.Home");

        var said = said(all -> {
            for (var i = 0; i < 3; i++) {
                logger.info("it is home backup={}", "b-1");
            }
        });

        assertThat(said.lines())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("Z INFO  [main] Home it is home backup=b-1"),
                        line -> assertThat(line).endsWith("Z INFO  [main] Home it is home backup=b-1 repeated=2"));
    }

    @Test
    void detailsAndTheTalkOfLibrariesAreLeftOut() {
        LogSetup.setUp(context);

        var said = said(all -> {
            all.getLogger("io.backhaul.pipeline.Home").debug("details");
            all.getLogger("org.quartz.core.QuartzScheduler").info("started");
            all.getLogger("org.flywaydb.core").warn("something is wrong");
        });

        assertThat(said).hasLineCount(1).contains("core something is wrong");
    }

    @Test
    void logbackFindsItAndItStepsBackForTheFileOfTheseTests() {
        assertThat(ServiceLoader.load(Configurator.class)).hasExactlyElementsOfTypes(LogSetup.class);
        assertThat(new LogSetup().configure(context)).isEqualTo(ExecutionStatus.NEUTRAL);
        assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders())
                .isExhausted();
    }
}
