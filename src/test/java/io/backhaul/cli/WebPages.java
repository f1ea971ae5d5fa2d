package io.backhaul.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A web server that is nobody's API: {@code /ok…} is a page, anything else is missing. One in the open, one with TLS. */
final class WebPages implements AutoCloseable {
    private static final String PAGE = "<!DOCTYPE html><html><body>Welcome to nginx!</body></html>";
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final HttpServer open;
    private final HttpsServer secure;

    /** @param folder for a certificate that nobody trusts */
    WebPages(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        open = HttpServer.create(anyPort, 0);
        secure = HttpsServer.create(anyPort, 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(selfSigned(folder.resolve("keys.p12"))));
        open.createContext("/", WebPages::answer);
        secure.createContext("/", WebPages::answer);
        open.start();
        secure.start();
    }

    String address() {
        return "http://127.0.0.1:" + open.getAddress().getPort();
    }

    String secureAddress() {
        return "https://127.0.0.1:" + secure.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        var isThere = exchange.getRequestURI().getPath().startsWith("/ok");
        var page = PAGE.getBytes(UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        exchange.sendResponseHeaders(isThere ? 200 : 404, page.length);
        exchange.getResponseBody().write(page);
        exchange.close();
    }

    /** Made by the JDK's own tool: its library has no public way to sign a certificate. */
    private static SSLContext selfSigned(Path file) throws IOException, InterruptedException, GeneralSecurityException {
        var keytool = System.getProperty("java.home") + "/bin/keytool";
        var made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "a",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=IP:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (made.waitFor() != 0) {
            throw new IOException("keytool made no key: exit=" + made.exitValue());
        }
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    @Override
    public void close() {
        open.stop(0);
        secure.stop(0);
    }
}
