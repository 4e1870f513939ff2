import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.swing.text.MutableAttributeSet;
import javax.swing.text.html.HTML;
import javax.swing.text.html.HTMLEditorKit.ParserCallback;
import javax.swing.text.html.parser.ParserDelegator;
import org.ofdrw.layout.OFDDoc;
import org.ofdrw.layout.PageLayout;
import org.ofdrw.layout.VirtualPage;
import org.ofdrw.layout.element.canvas.Cell;
import org.ofdrw.layout.element.canvas.TextAlign;

/**
 * Pages of plain HTML as OFD, laid out and written by ofdrw.
 *
 * <p>Usage: java -cp OFDRW WriteOfd.java FOLDER-OF-HTML FOLDER-OF-OFD
 */
public final class WriteOfd {
    private static final double BORDER = 0.25;
    private static final double PADDING = 1;
    private static final double MARGIN = 20;

    /** How a document looks, in millimetres; each document takes the next one. */
    private record Style(double width, double height, double size, boolean shaded, TextAlign align) {}

    private static final List<Style> STYLES =
            List.of(
                    new Style(420, 297, 3.7, false, TextAlign.center),
                    new Style(297, 210, 2.8, true, TextAlign.left),
                    new Style(297, 420, 3.2, false, TextAlign.right),
                    // Short pages: tables go over several of them.
                    new Style(420, 130, 3.5, true, TextAlign.center));

    /** A cell of a table, or a paragraph. */
    private static final class Box {
        final StringBuilder text = new StringBuilder();
        int row;
        int column;
        int rows = 1;
        int columns = 1;
    }

    /** A table, or a paragraph, which has one box and no rows. */
    private static final class Block {
        final List<Box> boxes = new ArrayList<>();
        int rows;
        int columns;

        boolean isTaken(int row, int column) {
            for (Box box : boxes) {
                if (box.row <= row && row < box.row + box.rows
                        && box.column <= column && column < box.column + box.columns) {
                    return true;
                }
            }
            return false;
        }
    }

    public static void main(String[] arguments) throws IOException {
        Path target = Files.createDirectories(Path.of(arguments[1]));
        List<Path> pages;
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            pages = files.filter(file -> file.toString().endsWith(".html")).sorted().toList();
        }
        for (int index = 0; index < pages.size(); index++) {
            String name = pages.get(index).getFileName().toString().replaceAll("html$", "ofd");
            List<Block> blocks = blocks(Files.readString(pages.get(index)));
            write(blocks, STYLES.get(index % STYLES.size()), target.resolve(name));
        }
    }

    private static List<Block> blocks(String page) throws IOException {
        List<Block> blocks = new ArrayList<>();
        ParserCallback callback =
                new ParserCallback() {
                    private Block table;
                    private Box open;

                    @Override
                    public void handleStartTag(HTML.Tag tag, MutableAttributeSet attributes, int at) {
                        if (tag == HTML.Tag.TABLE) {
                            table = new Block();
                            blocks.add(table);
                        } else if (tag == HTML.Tag.TR) {
                            table.rows++;
                        } else if (tag == HTML.Tag.TD) {
                            open = new Box();
                            open.rows = span(attributes, HTML.Attribute.ROWSPAN);
                            open.columns = span(attributes, HTML.Attribute.COLSPAN);
                            open.row = table.rows - 1;
                            while (table.isTaken(open.row, open.column)) {
                                open.column++;
                            }
                            table.boxes.add(open);
                            table.columns = Math.max(table.columns, open.column + open.columns);
                        } else if (tag == HTML.Tag.P || tag == HTML.Tag.H1 || tag == HTML.Tag.H2) {
                            Block paragraph = new Block();
                            open = new Box();
                            paragraph.boxes.add(open);
                            blocks.add(paragraph);
                        }
                    }

                    @Override
                    public void handleEndTag(HTML.Tag tag, int at) {
                        if (tag == HTML.Tag.TD || tag == HTML.Tag.P || tag == HTML.Tag.H1 || tag == HTML.Tag.H2) {
                            open = null;
                        }
                    }

                    @Override
                    public void handleSimpleTag(HTML.Tag tag, MutableAttributeSet attributes, int at) {
                        if (tag == HTML.Tag.BR && open != null) {
                            open.text.append('\n');
                        }
                    }

                    @Override
                    public void handleText(char[] text, int at) {
                        if (open != null) {
                            open.text.append(text);
                        }
                    }
                };
        new ParserDelegator().parse(new BufferedReader(new StringReader(page)), callback, true);
        return blocks;
    }

    private static int span(MutableAttributeSet attributes, HTML.Attribute name) {
        Object value = attributes.getAttribute(name);
        return value == null ? 1 : Integer.parseInt(value.toString());
    }

    private static void write(List<Block> blocks, Style style, Path target) throws IOException {
        try (OFDDoc document = new OFDDoc(target)) {
            new Pages(document, style).write(blocks);
        }
    }

    /** Pages being filled from top to bottom. */
    private static final class Pages {
        private final OFDDoc document;
        private final Style style;
        private final double bottom;
        private VirtualPage page;
        private double y;
        private double size;

        Pages(OFDDoc document, Style style) {
            this.document = document;
            this.style = style;
            this.bottom = style.height - MARGIN;
            this.size = style.size;
        }

        void write(List<Block> blocks) {
            begin();
            for (Block block : blocks) {
                if (block.rows == 0) {
                    paragraph(block.boxes.get(0).text.toString());
                } else {
                    table(block);
                }
            }
            document.addVPage(page);
        }

        private void begin() {
            if (page != null) {
                document.addVPage(page);
            }
            page = new VirtualPage(new PageLayout(style.width, style.height));
            y = MARGIN;
        }

        private double lineHeight() {
            return size + 0.6;
        }

        /** The height of a text, as ofdrw breaks its lines: half a square for ASCII. */
        private double height(String text, double width) {
            int lines = 1;
            double used = 0;
            for (char c : text.toCharArray()) {
                double own = size * (c >= 32 && c <= 126 ? 0.5 : 1);
                if (c == '\n' || used + own > width) {
                    lines++;
                    used = 0;
                }
                used += c == '\n' ? 0 : own;
            }
            return lines * lineHeight();
        }

        private void paragraph(String text) {
            double width = style.width - 2 * MARGIN;
            double height = height(text, width);
            if (y + height > bottom) {
                begin();
            }
            page.add(cell(MARGIN, y, width, height, text).setTextAlign(TextAlign.left));
            y += height + 2;
        }

        private Cell cell(double x, double top, double width, double height, String text) {
            Cell cell = new Cell(x, top, width, height).setFontSize(size).setTextAlign(style.align);
            return text.isEmpty() ? cell : cell.setValue(text);
        }

        /** Rows in order, the table broken where the page ends, cells that reach over it with it. */
        private void table(Block table) {
            double[] xs = columns(table);
            double[] heights = rows(table, xs);
            int first = 0;
            double top = y;
            for (int row = 0; row <= table.rows; row++) {
                boolean ends = row == table.rows;
                if (ends || (y + heights[row] > bottom && row > first)) {
                    rows(table, xs, heights, first, row, top);
                    if (ends) {
                        break;
                    }
                    begin();
                    first = row;
                    top = y;
                }
                y += heights[row];
            }
            y += 3;
            size = style.size;
        }

        private void rows(Block table, double[] xs, double[] heights, int from, int to, double top) {
            for (Box box : table.boxes) {
                int first = Math.max(box.row, from);
                int last = Math.min(box.row + box.rows, to);
                if (first >= last) {
                    continue;
                }
                double at = top;
                for (int row = from; row < first; row++) {
                    at += heights[row];
                }
                double height = 0;
                for (int row = first; row < last; row++) {
                    height += heights[row];
                }
                double x = xs[box.column];
                double width = xs[box.column + box.columns] - x;
                // Neighbours share their line. A cell that a page breaks has its text above.
                String text = box.row < from ? "" : box.text.toString();
                Cell cell = cell(x, at, width - 2 * PADDING - BORDER, height - 2 * PADDING - BORDER, text);
                cell.setBorder(BORDER);
                cell.setPadding(PADDING);
                if (style.shaded && box.row == 0) {
                    cell.setBackgroundColor("#E8ECF0");
                }
                page.add(cell);
            }
        }

        /**
         * Where columns begin and end: each holds its longest text, if that is short. Where all
         * are wider than the page, the text gets smaller with them.
         */
        private double[] columns(Block table) {
            double[] widths = new double[table.columns];
            java.util.Arrays.fill(widths, 3);
            for (Box box : table.boxes) {
                if (box.columns == 1) {
                    widths[box.column] = Math.max(widths[box.column], Math.min(box.text.length(), 12));
                }
            }
            double all = 0;
            for (double width : widths) {
                all += width;
            }
            double beside = 2 * PADDING + BORDER + 0.1;
            double square = (style.width - 2 * MARGIN - table.columns * beside) / all;
            size = Math.min(style.size, square);
            double[] xs = new double[table.columns + 1];
            xs[0] = MARGIN;
            for (int column = 0; column < table.columns; column++) {
                xs[column + 1] = xs[column] + widths[column] * square + beside;
            }
            return xs;
        }

        private double[] rows(Block table, double[] xs) {
            double[] heights = new double[table.rows];
            java.util.Arrays.fill(heights, lineHeight() + 2 * PADDING + BORDER);
            for (Box box : table.boxes) {
                double width = xs[box.column + box.columns] - xs[box.column] - 2 * PADDING - BORDER;
                double own = height(box.text.toString(), width) + 2 * PADDING + BORDER;
                int last = Math.min(box.row + box.rows, table.rows) - 1;
                double others = 0;
                for (int row = box.row; row < last; row++) {
                    others += heights[row];
                }
                heights[last] = Math.max(heights[last], own - others);
            }
            return heights;
        }
    }
}
