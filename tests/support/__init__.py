"""What several tests lean on: real servers, programs and folders. No mocks."""
