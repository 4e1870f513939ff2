// gongkai for C#: .NET Framework, Mono, and .NET. Text crosses as UTF-8 bytes, converted
// here, since older runtimes cannot be told to. The library must be where the system looks
// for libraries: gongkai.dll, libgongkai.so or libgongkai.dylib.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Gongkai
{
    /// <summary>What kind of cell a fact is. A blank is not zero.</summary>
    public enum Status { Reported = 0, Blank = 1, NotApplicable = 2, Unreadable = 3 }
    /// <summary>How much a finding weighs.</summary>
    public enum Severity { Info = 0, Warning = 1, Error = 2 }

    /// <summary>No report can exist at all. Code: the stable reason, as "not-a-report".</summary>
    public sealed class GongkaiException : Exception
    {
        public readonly string Code;
        internal GongkaiException(string code, string message) : base(message) { Code = code; }
    }

    /// <summary>One cell of a statutory table. A copy: it needs its report no more.</summary>
    public sealed class Fact
    {
        /// <summary>Value: the decimal as printed, null unless the status is Reported. Unit: as
        /// printed, or null. Text: the cell's own characters.</summary>
        public readonly string Id, Value, Unit, Text;
        public readonly Status Status;
        internal Fact(IntPtr fact)
        {
            int status = 0;
            Id = Native.Text(Native.gongkai_fact_id, fact);
            Text = Native.Text(Native.gongkai_fact_text, fact);
            Value = Native.Text(Native.gongkai_fact_value, fact);
            Unit = Native.Text(Native.gongkai_fact_unit, fact);
            Native.Require(Native.gongkai_fact_status(fact, ref status), IntPtr.Zero);
            Status = (Status)status;
        }

        /// <summary>The number; null unless the status is Reported.</summary>
        public decimal? Number()
        {
            if (Value == null) return null;
            decimal number = decimal.Parse(Value, NumberStyles.Number, CultureInfo.InvariantCulture);
            // What it cannot hold it rounds.
            if (number.ToString(CultureInfo.InvariantCulture) != Value) throw new OverflowException(Value);
            return number;
        }
    }

    /// <summary>One irregularity. A copy, as Fact.</summary>
    public sealed class Finding
    {
        public readonly string Code, Message;
        public readonly Severity Severity;
        internal Finding(IntPtr finding)
        {
            int severity = 0;
            Code = Native.Text((IntPtr f, ref IntPtr t, ref UIntPtr n) => Native.gongkai_finding_text(f, Native.Utf8("code"), ref t, ref n), finding);
            Message = Native.Text((IntPtr f, ref IntPtr t, ref UIntPtr n) => Native.gongkai_finding_message(f, Native.Chinese, ref t, ref n), finding);
            Native.Require(Native.gongkai_finding_severity(finding, ref severity), IntPtr.Zero);
            Severity = (Severity)severity;
        }
    }

    /// <summary>One report. Any number of threads may use it at once.</summary>
    public sealed class Report : SafeHandle
    {
        Report() : base(IntPtr.Zero, true) { }
        public override bool IsInvalid { get { return handle == IntPtr.Zero; } }
        protected override bool ReleaseHandle() { Native.gongkai_report_free(handle); return true; }

        /// <summary>Reads a file.</summary>
        public static Report Read(string path)
        {
            IntPtr error = IntPtr.Zero;
            Report report = new Report();
            Native.Require(Native.gongkai_parse_file(Native.Utf8(path), IntPtr.Zero, ref report.handle, ref error), error);
            return report;
        }

        /// <summary>Reads a document in memory.</summary>
        public static Report Parse(byte[] document)
        {
            Report report = new Report();
            IntPtr error = IntPtr.Zero;
            Native.Require(Native.gongkai_parse_bytes(document, (UIntPtr)document.Length, IntPtr.Zero, ref report.handle, ref error), error);
            return report;
        }

        /// <summary>A text of the report by its name in gongkai.h, for example "agency"; null
        /// where the document does not say it.</summary>
        public string About(string name)
        {
            return Lend(report => Native.Text((IntPtr r, ref IntPtr t, ref UIntPtr n) => Native.gongkai_report_text(r, Native.Utf8(name), ref t, ref n), report));
        }

        /// <summary>The facts in the order of the form.</summary>
        public IList<Fact> Facts()
        {
            return Lend(report =>
            {
                IntPtr fact = IntPtr.Zero;
                List<Fact> facts = new List<Fact>();
                for (uint i = 0; Native.Has(Native.gongkai_report_fact_at(report, (UIntPtr)i, ref fact)); i++)
                    facts.Add(new Fact(fact));
                return facts;
            });
        }

        /// <summary>What the reader and the checks find.</summary>
        public IList<Finding> Check()
        {
            return Lend(report =>
            {
                IntPtr findings = IntPtr.Zero, finding = IntPtr.Zero, error = IntPtr.Zero;
                List<Finding> list = new List<Finding>();
                Native.Require(Native.gongkai_check_all(report, IntPtr.Zero, ref findings, ref error), error);
                try
                {
                    for (uint i = 0; Native.Has(Native.gongkai_findings_at(findings, (UIntPtr)i, ref finding)); i++)
                        list.Add(new Finding(finding));
                }
                finally { Native.gongkai_findings_free(findings); }
                return list;
            });
        }

        // What is borrowed must not outlive the handle, even if another thread disposes of it.
        T Lend<T>(Func<IntPtr, T> work)
        {
            bool added = false;
            try { DangerousAddRef(ref added); return work(handle); }
            finally { if (added) DangerousRelease(); }
        }
    }
    static class Native
    {
        const string Library = "gongkai";
        const int Ok = 0, Absent = 1;
        internal const int Chinese = 0;
        internal delegate int Getter(IntPtr handle, ref IntPtr text, ref UIntPtr length);
        internal static byte[] Utf8(string text)
        {
            if (text.IndexOf('\0') >= 0) throw new ArgumentException("NUL", "text");
            return Encoding.UTF8.GetBytes(text + "\0");
        }
        internal static string Text(Getter get, IntPtr handle)
        {
            IntPtr text = IntPtr.Zero;
            UIntPtr length = UIntPtr.Zero;
            if (!Has(get(handle, ref text, ref length))) return null;
            byte[] bytes = new byte[(int)length];
            Marshal.Copy(text, bytes, 0, bytes.Length);
            return Encoding.UTF8.GetString(bytes);
        }

        internal static bool Has(int status)
        {
            if (status != Absent) Require(status, IntPtr.Zero);
            return status == Ok;
        }
        internal static void Require(int status, IntPtr error)
        {
            if (status == Ok) return;
            try
            {
                if (error == IntPtr.Zero) throw new GongkaiException("status", "status " + status);
                throw new GongkaiException(Text(gongkai_error_code, error),
                    Text((IntPtr e, ref IntPtr t, ref UIntPtr n) => gongkai_error_message(e, Chinese, ref t, ref n), error));
            }
            finally { gongkai_error_free(error); }
        }

        // Results are `ref`, not `out`: they are written only on success.
        const CallingConvention C = CallingConvention.Cdecl;
        [DllImport(Library, CallingConvention = C)] internal static extern int gongkai_parse_file(byte[] path, IntPtr options, ref IntPtr report, ref IntPtr error);
        [DllImport(Library, CallingConvention = C)] internal static extern int gongkai_parse_bytes(byte[] data, UIntPtr length, IntPtr options, ref IntPtr report, ref IntPtr error);
        [DllImport(Library, CallingConvention = C)] internal static extern void gongkai_report_free(IntPtr report);
        [DllImport(Library, CallingConvention = C)] internal static extern int gongkai_report_text(IntPtr report, byte[] name, ref IntPtr text, ref UIntPtr length);
        [DllImport(Library, CallingConvention = C)] internal static extern int gongkai_report_fact_at(IntPtr report, UIntPtr index, ref IntPtr fact);
        [DllImport(Library, CallingConvention = C)] internal static extern int gongkai_fact_id(IntPtr fact, ref IntPtr text, ref UIntPtr length);
        [DllImport(Library, CallingConvention = C)] internal static extern int gongkai_fact_text(IntPtr fact, ref IntPtr text, ref UIntPtr length);
        [DllImport(Library, CallingConvention = C)] internal static extern int gongkai_fact_value(IntPtr fact, ref IntPtr text, ref UIntPtr length);
        [DllImport(Library, CallingConvention = C)] internal static extern int gongkai_fact_unit(IntPtr fact, ref IntPtr text, ref UIntPtr length);
        [DllImport(Library, CallingConvention = C)] internal static extern int gongkai_fact_status(IntPtr fact, ref int status);
        [DllImport(Library, CallingConvention = C)] internal static extern int gongkai_check_all(IntPtr report, IntPtr options, ref IntPtr findings, ref IntPtr error);
        [DllImport(Library, CallingConvention = C)] internal static extern int gongkai_findings_at(IntPtr findings, UIntPtr index, ref IntPtr finding);
        [DllImport(Library, CallingConvention = C)] internal static extern void gongkai_findings_free(IntPtr findings);
        [DllImport(Library, CallingConvention = C)] internal static extern int gongkai_finding_text(IntPtr finding, byte[] name, ref IntPtr text, ref UIntPtr length);
        [DllImport(Library, CallingConvention = C)] internal static extern int gongkai_finding_message(IntPtr finding, int language, ref IntPtr text, ref UIntPtr length);
        [DllImport(Library, CallingConvention = C)] internal static extern int gongkai_finding_severity(IntPtr finding, ref int severity);
        [DllImport(Library, CallingConvention = C)] internal static extern int gongkai_error_code(IntPtr error, ref IntPtr text, ref UIntPtr length);
        [DllImport(Library, CallingConvention = C)] internal static extern int gongkai_error_message(IntPtr error, int language, ref IntPtr text, ref UIntPtr length);
        [DllImport(Library, CallingConvention = C)] internal static extern void gongkai_error_free(IntPtr error);
    }
}
