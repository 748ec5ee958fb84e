package ma.fos.services;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import ma.fos.core.Change;
import ma.fos.core.Config;
import ma.fos.core.Fos;
import ma.fos.core.FosException;
import ma.fos.core.OpenException;
import ma.fos.core.Platform;

/**
 * Opens the core through bindings that were shrunk. JNA reaches classes, fields and methods by their names; what
 * shrinking took away or renamed is missed here as it would be on a phone.
 *
 * <p>One of each way across: a call, a record, a map, an error, a call back from the core's own thread, an act that is
 * waited for.
 */
public final class ShrunkCore {
    private static final long SECONDS = 20;

    private ShrunkCore() {}

    public static void main(String[] words) throws Exception {
        Path folder = Path.of(words[0]);
        Fos fos = open(folder);
        check(!fos.phrases().isEmpty(), "the core has no phrases");
        check(!fos.help().toString().isEmpty(), "the core has no help");
        watched(fos);
        refused(folder);
        waited(fos);
        System.out.println("the core opened through the shrunk bindings");
        // JNA and the core keep threads of their own.
        System.exit(0);
    }

    /** Nobody answers at this portal. */
    private static Fos open(Path folder) throws OpenException {
        return Fos.Companion.open(
                new Config(folder.toString(), "https://127.0.0.1:1", "0.1.0", "", null, null),
                new Platform("Appareil Essai", "fr-MA", "android"));
    }

    /** Whoever begins to watch is told each change once. */
    private static void watched(Fos fos) throws InterruptedException {
        BlockingQueue<Change> told = new LinkedBlockingQueue<>();
        try (var watch = fos.observe(told::add)) {
            Set<Change> missing = EnumSet.of(Change.STAGE, Change.NOTICES, Change.LANGUAGE, Change.CATALOGUE);
            while (!missing.isEmpty()) {
                Change change = told.poll(SECONDS, TimeUnit.SECONDS);
                check(change != null, "the core did not call back: " + missing);
                missing.remove(change);
            }
            watch.stop();
        }
    }

    /** A file stands where the core's folder should be. */
    private static void refused(Path folder) throws Exception {
        Path file = Files.createTempFile(folder, "no-folder", "");
        try {
            open(file);
            check(false, "the core opened in a file");
        } catch (OpenException.Storage expected) {
            check(!expected.getText().isEmpty(), "an error without words");
            check(!expected.getCode().isEmpty(), "an error without a code");
        }
    }

    /** What is asked of a portal that is not there is waited for, and ends in an error. */
    private static void waited(Fos fos) throws InterruptedException {
        try {
            BuildersKt.runBlocking(EmptyCoroutineContext.INSTANCE, (scope, waiting) -> asked(fos, waiting));
            check(false, "an answer came from nowhere");
        } catch (Exception error) {
            check(error instanceof FosException.Offline, "not what the core says without a network: " + error);
        }
    }

    private static Object asked(Fos fos, Continuation<? super Unit> waiting) {
        try {
            return fos.recheck(waiting);
        } catch (FosException error) {
            throw new IllegalStateException(error);
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
