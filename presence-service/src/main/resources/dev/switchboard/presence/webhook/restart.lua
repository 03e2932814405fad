-- Begins at a version, whatever was before it, unless somebody else has gone on meanwhile.
-- ARGV 1 how many may wait, 2 the cursor as it was read, '' for none, 3 the cursor from now on,
--      4 what the receiver is told of it, '' for nothing
-- Returns {cursor, 1 if there is no room}
local cursor = redis.call('HGET', HOOK, 'cursor') or ''
if cursor ~= ARGV[2] then
  return {cursor, 0}
end
if ARGV[4] ~= '' then
  if redis.call('XLEN', QUEUE) >= tonumber(ARGV[1]) then
    return {cursor, 1}
  end
  redis.call('XADD', QUEUE, '*', 'id', ARGV[3] .. '.resync', 'peer', '', 'body', ARGV[4])
end
redis.call('HSET', HOOK, 'cursor', ARGV[3])
return {ARGV[3], 0}
