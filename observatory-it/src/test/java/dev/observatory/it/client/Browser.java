package dev.observatory.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * Chromium without a window, as Debian packages it, for a class of tests; they are skipped where it is not installed.
 * Whatever the browser reports as an error in its console fails the test. Not thread-safe.
 */
public final class Browser implements BeforeAllCallback, AfterTestExecutionCallback, AfterAllCallback {

    private static final Logger LOG = System.getLogger(Browser.class.getName());

    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--enable-precise-memory-info",
            "--js-flags=--expose-gc");

    /** What the browser itself says of a network that fails, and of an icon that it looks for; no page can prevent that. */
    private static final Pattern EXPECTED = Pattern.compile(
            "WebSocket connection to '[^']*' failed: |/favicon\\.ico " + "|/api/tickets - Failed to load resource: ");

    /** What the module says in {@code window.seen}, by the names of its events. */
    private static final String CONNECT = """
            const [url, options, done] = arguments;
            const module = new URL('/assets/observatory-client.js', location.href);
            window.tokens = [];
            if (options.tokens) options.token = async () => {
              window.tokens.push(options.tokens.shift());
              if (window.tokens.at(-1) === null) return Promise.reject();
              return window.tokens.at(-1);
            };
            import(module).then(({ ObservatoryClient }) => {
              window.client = new ObservatoryClient(url, options);
              window.seen = { state: [], begin: [], snapshot: [], message: [], gap: [], refused: [], problem: [] };
              let looked = 0;
              window.cameTo = (state) => {
                const at = seen.state.findIndex((told, index) => index >= looked && told.state === state);
                looked = at < 0 ? looked : at + 1;
                return at >= 0;
              };
              for (const type of Object.keys(seen)) {
                client.addEventListener(type, ({ detail }) => seen[type].push({ ...detail, at: Date.now() }));
              }
              client.connect();
              done(null);
            }).catch((failure) => done(String(failure)));
            """;

    private Path profile;
    private ChromeDriver driver;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        boolean installed = Files.isExecutable(PROGRAM) && Files.isExecutable(DRIVER);
        if (!installed) {
            LOG.log(
                    Level.WARNING,
                    "SKIPPED: THERE IS NO BROWSER, so {0} proves nothing. It needs {1} and {2} (Debian: chromium,"
                            + " chromium-driver)",
                    context.getDisplayName(),
                    PROGRAM,
                    DRIVER);
        }
        Assumptions.assumeTrue(installed, "SKIPPED: there is no browser");
        profile = Files.createTempDirectory("browser");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(PROGRAM.toString());
        options.addArguments(FLAGS);
        options.addArguments("--user-data-dir=" + profile);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        // with both paths given Selenium looks for nothing and loads nothing from elsewhere
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(30));
    }

    /** Before anything else that follows a test: with the page goes everything that it has opened. */
    @Override
    public void afterTestExecution(ExtensionContext context) {
        driver.get("about:blank");
        assertThat(errors()).as("errors in the browser's console").isEmpty();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (driver != null) {
            driver.quit();
            delete(profile);
        }
    }

    /** Shows a page and waits until it is loaded. */
    public Browser open(URI page) {
        driver.get(page.toString());
        return this;
    }

    /** Goes back to the page before. */
    public void back() {
        driver.navigate().back();
    }

    /** Runs a script in the page; its {@code arguments} are the further ones. */
    public Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** The value of an expression in the page, as text. */
    public String text(String expression) {
        return String.valueOf(run("return " + expression));
    }

    /** Waits until an expression in the page is true. */
    public void awaitTrue(String expression) {
        await(expression, () -> Boolean.TRUE.equals(run("return Boolean(" + expression + ")")));
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await()
                .alias(what)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }

    /**
     * Lets the module connect, in a page of the server that has it. What it tells lies in {@code window.seen}, each event
     * with the time {@code at} which it came.
     *
     * @param options of the module; of {@code tokens} each is given once; in place of one that is null comes a failure that is nothing
     */
    public void connect(String url, Map<String, Object> options) {
        Object failure = driver.executeAsyncScript(CONNECT, url, options);
        if (failure != null) {
            throw new AssertionError(failure);
        }
    }

    /** What the module has told by one kind of event. */
    public JsonArray seen(String event) {
        try (JsonReader reader = Json.createReader(new StringReader(text("JSON.stringify(seen." + event + ")")))) {
            return reader.readArray();
        }
    }

    /** What the page's heap holds after a collection of garbage, bytes. */
    public double heapBytes() {
        run("gc()");
        return ((Number) run("return performance.memory.usedJSHeapSize")).doubleValue();
    }

    /** Waits until the module has told so much by one kind of event. */
    public JsonArray awaitSeen(String event, int count) {
        awaitTrue("seen." + event + ".length >= " + count);
        return seen(event);
    }

    /**
     * Waits until the connection has come to that state after what was last waited for: it may have left it again, since
     * a client that lost its server may be back within a millisecond.
     */
    public void awaitState(String state) {
        awaitTrue("cameTo('" + state + "')");
    }

    /** What was reported in the browser's console as an error since the last time. */
    private List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= java.util.logging.Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .filter(message -> !EXPECTED.matcher(message).find())
                .toList();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (UncheckedIOException e) {
            // processes of the browser may still be about to go; what is left lies in the build's folder
        }
    }
}
