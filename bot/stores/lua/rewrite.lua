-- Seconds. Returns 1 to one of those who ask within them: it is to have the log written anew.
redis.set_repl(redis.REPL_NONE)
return call('SET', P .. 'rewriting', '1', 'NX', 'EX', ARGV[1]) and 1 or 0
