-- A lock, a token, milliseconds from now; none to let go. Returns whether it was ours.
redis.set_repl(redis.REPL_NONE)
if not ours(ARGV[1], ARGV[2]) then
  return 0
end
if ARGV[3] then
  return call('PEXPIRE', P .. 'lock:' .. ARGV[1], ARGV[3])
end
return call('DEL', P .. 'lock:' .. ARGV[1])
