import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

/**
 * The facts of a report, and then its findings, one a line.
 *
 * <pre>javac -cp jna.jar Gongkai.java PrintFacts.java
 * java -cp jna.jar:. -Djna.library.path=/usr/local/lib PrintFacts REPORT</pre>
 */
public final class PrintFacts {
    private PrintFacts() {}

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, false, "UTF-8");
        PrintStream err = new PrintStream(System.err, true, "UTF-8");
        if (arguments.length != 1) {
            err.println("用法：PrintFacts 年报");
            System.exit(1);
        }
        try {
            Path path = Paths.get(arguments[0]);
            Gongkai.Report report = Gongkai.parse(Files.readAllBytes(path), path.getFileName().toString());
            out.printf("%s\t%s%n", text(report.agency), text(report.year));
            for (Gongkai.Fact fact : report.facts)
                out.printf("%s\t%s\t%s\t%s%n", fact.id, fact.status,
                        fact.value == null ? "" : fact.value.toPlainString(), text(fact.unit));
            for (Gongkai.Finding finding : report.findings)
                out.printf("%s\t%s\t%s%n", finding.code, finding.severity, finding.message);
            if (out.checkError()) {
                err.println("无法写入");
                System.exit(3);
            }
        } catch (Gongkai.GongkaiException error) {
            err.println(arguments[0] + "：" + error.getMessage() + " (" + error.code + ")");
            System.exit(2);
        } catch (IOException error) {
            err.println(arguments[0] + "：无法读取文件：" + error);
            System.exit(2);
        }
    }
}
