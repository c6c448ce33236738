// Does what Tests/NATSMeasuring does, with the Go client: `nats_go URL BUCKET`.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"log"
	"os"
	"sort"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
)

const patience = 10 * time.Second

type client struct {
	js      nats.JetStreamContext
	store   nats.KeyValue
	objects nats.ObjectStore
	bucket  string
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func seconds(body func()) float64 {
	began := time.Now()
	body()
	return time.Since(began).Seconds()
}

func percentiles(times []float64) []float64 {
	sort.Float64s(times)
	return []float64{times[len(times)/2], times[len(times)*99/100]}
}

func (c client) put(count, size int) []float64 {
	value, times := bytes.Repeat([]byte("x"), size), make([]float64, count)
	for number := range times {
		key := fmt.Sprintf("k%d", number)
		times[number] = seconds(func() { _, err := c.store.Put(key, value); check(err) })
	}
	return percentiles(times)
}

func (c client) get(count int) []float64 {
	times := make([]float64, count)
	for number := range times {
		key := fmt.Sprintf("k%d", number)
		times[number] = seconds(func() { _, err := c.store.Get(key); check(err) })
	}
	return percentiles(times)
}

func (c client) pipelined(count, size int) []float64 {
	value := bytes.Repeat([]byte("x"), size)
	return []float64{seconds(func() {
		for number := 0; number < count; number++ {
			_, err := c.js.PublishAsync(fmt.Sprintf("$KV.%s.k%d", c.bucket, number), value, nats.StallWait(patience))
			check(err)
		}
		<-c.js.PublishAsyncComplete()
	})}
}

func (c client) keys() []float64 {
	count := 0
	time := seconds(func() {
		keys, err := c.store.Keys()
		check(err)
		count = len(keys)
	})
	return []float64{time, float64(count)}
}

func (c client) scan() []float64 {
	count, length := 0, 0
	time := seconds(func() {
		watcher, err := c.store.WatchAll(nats.IgnoreDeletes())
		check(err)
		for entry := range watcher.Updates() {
			if entry == nil {
				break
			}
			count++
			length += len(entry.Value())
		}
		check(watcher.Stop())
	})
	return []float64{time, float64(count), float64(length)}
}

func (c client) putObject(size int) []float64 {
	value := bytes.Repeat([]byte("x"), size)
	return []float64{seconds(func() { _, err := c.objects.PutBytes("o", value); check(err) })}
}

func (c client) getObject() []float64 {
	count := 0
	time := seconds(func() {
		value, err := c.objects.GetBytes("o")
		check(err)
		count = len(value)
	})
	return []float64{time, float64(count)}
}

func main() {
	connection, err := nats.Connect(os.Args[1])
	check(err)
	c := client{bucket: os.Args[2]}
	c.js, err = connection.JetStream(
		nats.PublishAsyncMaxPending(512), nats.MaxWait(patience),
		nats.PublishAsyncErrHandler(func(_ nats.JetStream, _ *nats.Msg, err error) { check(err) }))
	check(err)
	if c.store, err = c.js.KeyValue(c.bucket); err != nil {
		c.store, err = c.js.CreateKeyValue(&nats.KeyValueConfig{Bucket: c.bucket})
		check(err)
	}
	if c.objects, err = c.js.ObjectStore(c.bucket); err != nil {
		c.objects, err = c.js.CreateObjectStore(&nats.ObjectStoreConfig{Bucket: c.bucket})
		check(err)
	}
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		var command string
		var first, second int
		fmt.Sscan(lines.Text()+" 0 0", &command, &first, &second)
		var answer []float64
		switch command {
		case "put":
			answer = c.put(first, second)
		case "get":
			answer = c.get(first)
		case "pipelined":
			answer = c.pipelined(first, second)
		case "keys":
			answer = c.keys()
		case "scan":
			answer = c.scan()
		case "object-put":
			answer = c.putObject(first)
		case "object-get":
			answer = c.getObject()
		}
		fmt.Println(strings.Trim(fmt.Sprint(answer), "[]"))
	}
}
