package io.backhaul.judge;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A vendor's own client as the judge of ours, kept apart from our class path: its jars lie in {@code
 * target/judges/VENDOR} (copied there by the pom) and clash with ours.
 *
 * <p>To add a vendor: an execution {@code judge-VENDOR} in the pom; an interface in this package, of JDK types only,
 * that says what a test wants to ask; and {@code src/test/judges/VENDOR/SomeClass.java}, without a package, which
 * implements it with the vendor's classes. That source is compiled here, at the first use, against the vendor's jars,
 * and run in a class loader that sees the JDK, those jars and this package.
 */
public final class VendorJudge {
    private final String vendor;
    private final List<Path> jars;
    private final Path classes;

    private VendorJudge(String vendor, List<Path> jars, Path classes) {
        this.vendor = vendor;
        this.jars = List.copyOf(jars);
        this.classes = classes;
    }

    /**
     * Compiles a judge's source and makes one.
     *
     * @param vendor the folder's name in {@code target/judges} and {@code src/test/judges}
     * @param className of the public class without package that implements {@code asked}
     */
    public static <T> T load(String vendor, String className, Class<T> asked) {
        return of(vendor).compiled().instance(className, asked);
    }

    static VendorJudge of(String vendor) {
        var home = Path.of("target", "judges", vendor);
        var jars = filesIn(home, ".jar");
        if (jars.isEmpty()) {
            throw new IllegalStateException(
                    "no jars in " + home.toAbsolutePath() + "; Maven's generate-test-resources puts them there");
        }
        return new VendorJudge(vendor, jars, home.resolve("classes"));
    }

    /** Sees the JDK, the vendor's jars and this package; nothing else of ours, no library of ours. */
    ClassLoader loader() {
        var urls = Stream.concat(Stream.of(classes), jars.stream())
                .map(VendorJudge::url)
                .toArray(URL[]::new);
        return new URLClassLoader("judge-" + vendor, urls, new Window());
    }

    private VendorJudge compiled() {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            Files.createDirectories(classes);
            var options = List.of("-d", classes.toString(), "-classpath", classPath(), "-proc:none");
            var sources = files.getJavaFileObjectsFromPaths(filesIn(Path.of("src", "test", "judges", vendor), ".java"));
            var messages = new StringWriter();
            if (!compiler.getTask(messages, files, null, options, null, sources).call()) {
                throw new IllegalStateException("the judge does not compile: vendor=" + vendor + "\n" + messages);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("compiling the judge of " + vendor, e);
        }
    }

    private String classPath() {
        return Stream.concat(jars.stream(), Stream.of(Path.of("target", "test-classes")))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private <T> T instance(String className, Class<T> asked) {
        var loader = loader();
        try {
            var judge = Class.forName(className, true, loader).getConstructor().newInstance();
            var called = Proxy.newProxyInstance(
                    asked.getClassLoader(),
                    new Class<?>[] {asked},
                    (proxy, method, arguments) -> call(loader, judge, method, arguments));
            return asked.cast(called);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("making the judge " + className + " of " + vendor, e);
        }
    }

    /** Their service loaders and loggers look through the thread's class loader, where ours are. */
    private static Object call(ClassLoader loader, Object judge, Method method, Object[] arguments) throws Throwable {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return method.invoke(judge, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static List<Path> filesIn(Path folder, String ending) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("looking into " + folder, e);
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("no URL for " + path, e);
        }
    }

    /** What a judge sees of the test: this package, whose interfaces both sides must share. */
    private static final class Window extends ClassLoader {
        Window() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith(VendorJudge.class.getPackageName() + ".")) {
                return VendorJudge.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
