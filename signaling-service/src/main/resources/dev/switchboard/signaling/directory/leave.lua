-- Takes a session out of a place, if it is there at this node.
-- KEYS 1 the place, 2 the places of the node
-- ARGV 1 node, 2 session, 3 the place's tag
-- Returns {'absent'} or {'gone', as it was, session, occupant, session, ...}
local before = redis.call('HGET', KEYS[1], ARGV[2])
redis.call('SREM', KEYS[2], ARGV[3] .. '\n' .. ARGV[2])
if not before or string.match(before, '^%d+\n([^\n]*)\n') ~= ARGV[1] then
  return {'absent'}
end
redis.call('HDEL', KEYS[1], ARGV[2])
local answer = {'gone', before}
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  if all[i] ~= '' then
    answer[#answer + 1] = all[i]
    answer[#answer + 1] = all[i + 1]
  end
end
if #answer == 2 then
  redis.call('DEL', KEYS[1])
end
return answer
