package dev.switchboard.signaling.directory;

class MemoryDirectoryTest extends DirectoryContract {

  private final Directory directory = new MemoryDirectory();

  @Override
  Directory directory() {
    return directory;
  }

  @Override
  Directory elsewhere() {
    return directory;
  }

  @Override
  String here() {
    return "here";
  }

  @Override
  String there() {
    return "there";
  }
}
