// The facts of a report, and then its findings, one a line.
//
//     mcs -out:facts.exe Gongkai.cs Program.cs && mono facts.exe REPORT
using System;
using System.IO;
using System.Text;
using Gongkai;

static class Program
{
    static int Main(string[] arguments)
    {
        UTF8Encoding utf8 = new UTF8Encoding(false);
        using (StreamWriter output = new StreamWriter(Console.OpenStandardOutput(), utf8))
        using (StreamWriter errors = new StreamWriter(Console.OpenStandardError(), utf8))
        {
            if (arguments.Length != 1)
            {
                errors.WriteLine("用法：facts 年报");
                return 1;
            }
            try
            {
                using (Report report = Report.Read(arguments[0]))
                {
                    output.WriteLine("{0}\t{1}", report.About("agency"), report.About("year"));
                    foreach (Fact fact in report.Facts())
                        output.WriteLine("{0}\t{1}\t{2}\t{3}", fact.Id, fact.Status, fact.Value, fact.Unit);
                    foreach (Finding finding in report.Check())
                        output.WriteLine("{0}\t{1}\t{2}", finding.Code, finding.Severity, finding.Message);
                }
                return 0;
            }
            catch (GongkaiException error)
            {
                errors.WriteLine("{0}：{1} ({2})", arguments[0], error.Message, error.Code);
                return 2;
            }
            catch (IOException error)
            {
                errors.WriteLine(error.Message);
                return 3;
            }
        }
    }
}
