-- A moment and a limit, so that no sweep holds the server up: it is asked again until fewer are returned.
return drop_expired(ARGV[1], ARGV[2])
