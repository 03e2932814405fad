-- What the scripts have in common that write for a node what it has.
-- ARGV 4 lease (milliseconds), 5 node or ''; a script's own begin at 6
local LEASE, NODE = ARGV[4], ARGV[5]

local function online_key(node) return P .. 'online:' .. node end
local function beat_key(node) return P .. 'beat:' .. node end

local function beat()
  redis.call('SADD', P .. 'nodes', NODE)
  redis.call('SET', beat_key(NODE), '1', 'PX', LEASE)
end

-- What a node has, session to value, without the field that says that it is all of it.
local function sessions_of(node)
  local all, sessions = redis.call('HGETALL', online_key(node)), {}
  for i = 1, #all, 2 do
    if all[i] ~= '' then
      sessions[all[i]] = all[i + 1]
    end
  end
  return sessions
end

-- Nothing for what is not ours.
local function decoded(value)
  local readable, it = pcall(cjson.decode, value or '')
  return readable and type(it) == 'table' and it.peer and it.rooms and it or nil
end

local function gone(session, value, why)
  local it = decoded(value)
  if not it then
    return
  end
  for room in pairs(it.rooms) do
    change('leave', session, it.scope, it.peer, room, why)
  end
  change('gone', session, it.scope, it.peer, '', why)
  seen(it.peer, NOW)
end

local function forget(node, why)
  for session, value in pairs(sessions_of(node)) do
    gone(session, value, why)
  end
  redis.call('DEL', online_key(node), beat_key(node))
  redis.call('SREM', P .. 'nodes', node)
end

-- Nodes whose lease has ended have nobody any more. Whoever looks second finds nothing.
local function sweep()
  for _, node in ipairs(redis.call('SMEMBERS', P .. 'nodes')) do
    if node ~= NODE and redis.call('EXISTS', beat_key(node)) == 0 then
      forget(node, 'node-lost')
    end
  end
end
