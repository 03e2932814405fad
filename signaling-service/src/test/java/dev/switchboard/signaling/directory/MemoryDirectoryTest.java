package dev.switchboard.signaling.directory;

class MemoryDirectoryTest extends DirectoryContract {

  private final Directory directory = new MemoryDirectory();

  @Override
  Directory directory() {
    return directory;
  }
}
