package dev.muster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about a domain of one's own shows the code of the example as it is. */
class OwnDomainDocumentTest {

    private static final Path PAGE = Path.of("..", "docs", "your-own-domain.md");

    /** A paragraph that ends with a colon, and the code after it. */
    private static final Pattern BLOCK =
            Pattern.compile("(?<text>(?:[^\\n]+\\n)*[^\\n]*:)\\n\\n```(?<kind>\\w+)\\n(?<code>.*?)```", Pattern.DOTALL);

    private static final Pattern LINK = Pattern.compile("\\]\\((\\.\\./examples/[^)]+)\\)");

    /** Code of a file, in pieces that follow each other. */
    private record Block(Path file, List<String> pieces) {}

    private static List<Block> blocks() throws IOException {
        var blocks = new ArrayList<Block>();
        var block = BLOCK.matcher(Files.readString(PAGE));
        while (block.find()) {
            var link = LINK.matcher(block.group("text"));
            assertThat(link.find())
                    .as("a file is named before " + block.group("code"))
                    .isTrue();
            var pieces = Arrays.stream(block.group("code").split("(?m)^…\\n"))
                    .map(String::strip)
                    .toList();
            blocks.add(new Block(PAGE.resolveSibling(link.group(1)), pieces));
        }
        return blocks;
    }

    @Test
    void every_piece_of_code_is_in_the_file_that_is_named_in_that_order() throws IOException {
        for (var block : blocks()) {
            var file = Files.readString(block.file());
            var from = 0;
            for (var piece : block.pieces()) {
                var at = file.indexOf(piece, from);
                assertThat(at)
                        .as("In %s, after what was shown before it: %s", block.file(), piece)
                        .isNotNegative();
                from = at + piece.length();
            }
        }
    }

    @Test
    void every_piece_of_code_is_looked_at() throws IOException {
        var fences = Pattern.compile("(?m)^```\\w*$")
                .matcher(Files.readString(PAGE))
                .results()
                .count();

        assertThat(blocks()).hasSizeGreaterThan(8);
        assertThat(2L * blocks().size()).isEqualTo(fences);
    }

    @Test
    void every_link_leads_somewhere() throws IOException {
        var links = Pattern.compile("\\]\\(([^)#]+)\\)")
                .matcher(Files.readString(PAGE))
                .results();

        assertThat(links.map(link -> PAGE.resolveSibling(link.group(1))))
                .isNotEmpty()
                .allMatch(Files::exists);
    }
}
