"""The shared parts of commands: options, messages, problems, the folders they read and the files they write."""
