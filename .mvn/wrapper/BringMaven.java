import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Properties;
import java.util.zip.ZipInputStream;

/**
 * Brings the Maven that maven-wrapper.properties names into a folder, if it is not there: {@code java BringMaven.java
 * PROPERTIES FOLDER}. An archive with another checksum is refused, and nothing of it is kept.
 */
class BringMaven {

    public static void main(String[] args) throws Exception {
        var settings = new Properties();
        try (var in = Files.newInputStream(Path.of(args[0]))) {
            settings.load(in);
        }
        var folder = Path.of(args[1]);
        Files.createDirectories(folder.getParent());
        var archive = Files.createTempFile(folder.getParent(), "maven", ".zip");
        var unpacked = Files.createTempDirectory(folder.getParent(), "maven");
        try {
            download(settings, archive);
            unzip(archive, unpacked);
            Files.move(unpacked, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(archive);
        }
    }

    private static void download(Properties settings, Path archive) throws Exception {
        var url = settings.getProperty("distributionUrl");
        System.err.println("Downloading " + url);
        var digest = MessageDigest.getInstance("SHA-512");
        try (InputStream in = new DigestInputStream(java.net.URI.create(url).toURL().openStream(), digest)) {
            Files.copy(in, archive, StandardCopyOption.REPLACE_EXISTING);
        }
        var sum = HexFormat.of().formatHex(digest.digest());
        if (!sum.equals(settings.getProperty("distributionSha512Sum"))) {
            throw new IllegalStateException("The archive from " + url + " has another checksum than expected: " + sum);
        }
    }

    /** Leaves out the archive's single top folder. */
    private static void unzip(Path archive, Path folder) throws Exception {
        try (var zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var name = entry.getName().substring(entry.getName().indexOf('/') + 1);
                var file = folder.resolve(name).normalize();
                if (!file.startsWith(folder)) {
                    throw new IllegalStateException("The archive has a file outside of its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}
