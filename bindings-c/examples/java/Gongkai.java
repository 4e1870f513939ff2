import com.sun.jna.IntegerType;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * gongkai for Java 8 and later, by JNA. Everything is copied out of the library, so that
 * nothing is to be closed, and any number of threads may use it. Text crosses as UTF-8 bytes:
 * neither the system's charset nor {@code jna.encoding} matters. The library must be where
 * JNA looks for it: {@code -Djna.library.path=...}.
 */
public final class Gongkai {
    private Gongkai() {}
    /** What kind of cell a fact is, by the number the library has for it. */
    public enum Status { REPORTED, BLANK, NOT_APPLICABLE, UNREADABLE }

    /** How much a finding weighs, likewise. */
    public enum Severity { INFO, WARNING, ERROR }

    /** One cell of a statutory table. */
    public static final class Fact {
        public final String id;
        public final Status status;
        /** Its places kept; null unless the status is REPORTED. A blank is not zero. */
        public final BigDecimal value;
        /** As printed, or null. */
        public final String unit;
        /** The cell's own characters. */
        public final String text;

        Fact(Pointer fact) {
            id = text((t, n) -> C.gongkai_fact_id(fact, t, n));
            String decimal = text((t, n) -> C.gongkai_fact_value(fact, t, n));
            value = decimal == null ? null : new BigDecimal(decimal);
            unit = text((t, n) -> C.gongkai_fact_unit(fact, t, n));
            text = text((t, n) -> C.gongkai_fact_text(fact, t, n));
            IntByReference number = new IntByReference();
            require(C.gongkai_fact_status(fact, number), null);
            status = Status.values()[number.getValue()];
        }
    }

    /** One irregularity. */
    public static final class Finding {
        public final String code;
        public final Severity severity;
        /** In Chinese. */
        public final String message;

        Finding(Pointer finding) {
            code = text((t, n) -> C.gongkai_finding_text(finding, utf8("code"), t, n));
            message = text((t, n) -> C.gongkai_finding_message(finding, CHINESE, t, n));
            IntByReference number = new IntByReference();
            require(C.gongkai_finding_severity(finding, number), null);
            severity = Severity.values()[number.getValue()];
        }
    }

    /** One report. */
    public static final class Report {
        /** Null where the document does not say it; so is the year. */
        public final String agency;
        public final Integer year;
        /** In the order of the form. */
        public final List<Fact> facts;
        /** What the reader and the checks find. */
        public final List<Finding> findings;

        private Report(Pointer report) {
            agency = text((t, n) -> C.gongkai_report_text(report, utf8("agency"), t, n));
            IntByReference number = new IntByReference();
            year = has(C.gongkai_report_year(report, number)) ? number.getValue() : null;
            PointerByReference at = new PointerByReference();
            List<Fact> cells = new ArrayList<>();
            while (has(C.gongkai_report_fact_at(report, new Size(cells.size()), at)))
                cells.add(new Fact(at.getValue()));
            facts = Collections.unmodifiableList(cells);
            PointerByReference checked = new PointerByReference(), error = new PointerByReference();
            require(C.gongkai_check_all(report, null, checked, error), error.getValue());
            try {
                List<Finding> list = new ArrayList<>();
                while (has(C.gongkai_findings_at(checked.getValue(), new Size(list.size()), at)))
                    list.add(new Finding(at.getValue()));
                findings = Collections.unmodifiableList(list);
            } finally {
                C.gongkai_findings_free(checked.getValue());
            }
        }
    }

    /** No report can exist at all. */
    public static final class GongkaiException extends Exception {
        private static final long serialVersionUID = 1;
        /** The stable reason, for example "not-a-report". */
        public final String code;

        GongkaiException(String code, String message) {
            super(message);
            this.code = code;
        }
    }

    /** Reads a document. Its name is a hint where the bytes leave the format open. */
    public static Report parse(byte[] document, String name) throws GongkaiException {
        PointerByReference report = new PointerByReference(), error = new PointerByReference();
        Pointer options = C.gongkai_options_new();
        try {
            require(C.gongkai_options_set_file_name(options, utf8(name), error), error.getValue());
            int status = C.gongkai_parse_bytes(document, new Size(document.length), options, report, error);
            if (status != OK)
                throw failure(error.getValue());
            return new Report(report.getValue());
        } finally {
            C.gongkai_options_free(options);
            C.gongkai_report_free(report.getValue());
        }
    }

    private static final int OK = 0, ABSENT = 1, CHINESE = 0;
    private static final Interface C = Native.load("gongkai", Interface.class);

    /** The functions of gongkai.h that are used here. */
    interface Interface extends Library {
        Pointer gongkai_options_new();
        int gongkai_options_set_file_name(Pointer options, byte[] name, PointerByReference error);
        void gongkai_options_free(Pointer options);
        int gongkai_parse_bytes(byte[] data, Size length, Pointer options, PointerByReference report, PointerByReference error);
        void gongkai_report_free(Pointer report);
        int gongkai_report_text(Pointer report, byte[] name, PointerByReference text, LongByReference length);
        int gongkai_report_year(Pointer report, IntByReference year);
        int gongkai_report_fact_at(Pointer report, Size index, PointerByReference fact);
        int gongkai_fact_id(Pointer fact, PointerByReference text, LongByReference length);
        int gongkai_fact_value(Pointer fact, PointerByReference text, LongByReference length);
        int gongkai_fact_unit(Pointer fact, PointerByReference text, LongByReference length);
        int gongkai_fact_text(Pointer fact, PointerByReference text, LongByReference length);
        int gongkai_fact_status(Pointer fact, IntByReference status);
        int gongkai_check_all(Pointer report, Pointer options, PointerByReference findings, PointerByReference error);
        int gongkai_findings_at(Pointer findings, Size index, PointerByReference finding);
        void gongkai_findings_free(Pointer findings);
        int gongkai_finding_text(Pointer finding, byte[] name, PointerByReference text, LongByReference length);
        int gongkai_finding_message(Pointer finding, int language, PointerByReference text, LongByReference length);
        int gongkai_finding_severity(Pointer finding, IntByReference severity);
        int gongkai_error_code(Pointer error, PointerByReference text, LongByReference length);
        int gongkai_error_message(Pointer error, int language, PointerByReference text, LongByReference length);
        void gongkai_error_free(Pointer error);
    }

    /** A size_t. */
    public static final class Size extends IntegerType {
        private static final long serialVersionUID = 1;
        public Size() { this(0); } // JNA makes one by this.
        Size(long value) { super(Native.SIZE_T_SIZE, value, true); }
    }

    private interface Getter { int get(PointerByReference text, LongByReference length); }

    private static byte[] utf8(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    /** The text, or null where it is absent. The length begins as 0: 32-bit machines write half. */
    private static String text(Getter getter) {
        PointerByReference text = new PointerByReference();
        LongByReference length = new LongByReference(0);
        if (!has(getter.get(text, length)))
            return null;
        return new String(text.getValue().getByteArray(0, (int) length.getValue()), StandardCharsets.UTF_8);
    }

    private static boolean has(int status) {
        if (status != ABSENT)
            require(status, null);
        return status == OK;
    }
    private static void require(int status, Pointer error) {
        if (status != OK)
            throw new IllegalStateException(error == null ? "status " + status : failure(error).getMessage());
    }

    private static GongkaiException failure(Pointer error) {
        try {
            return new GongkaiException(text((t, n) -> C.gongkai_error_code(error, t, n)),
                    text((t, n) -> C.gongkai_error_message(error, CHINESE, t, n)));
        } finally {
            C.gongkai_error_free(error);
        }
    }
}
