-- A lock, a token, milliseconds. Locks live in memory alone: neither log nor replica hears of them, so that nothing on
-- a disk tells who wrote when, and nobody waits for the disk to take a turn.
redis.set_repl(redis.REPL_NONE)
return call('SET', P .. 'lock:' .. ARGV[1], ARGV[2], 'NX', 'PX', ARGV[3]) and 1 or 0
