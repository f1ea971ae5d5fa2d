package io.backhaul.ops;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;
import org.slf4j.Logger;

/**
 * How we log: to stderr, from INFO on, without most {@link Repetitions}. Logback finds it as a service. In Java, since to
 * read a file in a language of its own would be a good part of a short command. Steps back where tests have a
 * {@code logback-test.xml}.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
    /** Speak only when someone may have to act. */
    private static final List<String> LIBRARIES =
            List.of("org.quartz", "org.eclipse.jetty", "io.javalin", "com.zaxxer.hikari", "org.flywaydb");

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (LogSetup.class.getResource("/" + ClassicConstants.TEST_AUTOCONFIG_FILE) != null) {
            return ExecutionStatus.NEUTRAL;
        }
        setUp(context);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    static void setUp(LoggerContext context) {
        var once = new Repetitions();
        once.setContext(context);
        once.start();
        var stderr = new ConsoleAppender<ILoggingEvent>();
        stderr.setContext(context);
        stderr.setName("stderr");
        stderr.setTarget(ConsoleTarget.SystemErr.getName());
        stderr.addFilter(once);
        LogFormat.TEXT.use(context, stderr);
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(stderr);
        LIBRARIES.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
    }
}
