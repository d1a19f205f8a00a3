// Starts a simulated vCenter, prints its address, and ends with its standard input.
//
// What govmomi's vcsim does, built from govmomi itself, whose version go.mod and go.sum hold fast.
package main

import (
	"crypto/tls"
	"flag"
	"fmt"
	"io"
	"log"
	"net/url"
	"os"

	"github.com/vmware/govmomi/simulator"
)

func main() {
	model := simulator.VPX()
	flag.IntVar(&model.Datacenter, "datacenters", model.Datacenter, "data centres")
	flag.IntVar(&model.Cluster, "clusters", model.Cluster, "clusters of a data centre")
	flag.IntVar(&model.ClusterHost, "hosts", model.ClusterHost, "hosts of a cluster")
	flag.IntVar(&model.Host, "standalone", model.Host, "hosts of a data centre in no cluster")
	flag.IntVar(&model.Machine, "machines", model.Machine, "machines of a resource pool")
	flag.IntVar(&model.Datastore, "datastores", model.Datastore, "datastores of a data centre")
	flag.IntVar(&model.Portgroup, "networks", model.Portgroup, "distributed port groups of a data centre")
	flag.Parse()
	if err := model.Create(); err != nil {
		log.Fatal(err)
	}
	defer model.Remove()
	model.Service.TLS = new(tls.Config)
	model.Service.Listen = &url.URL{Host: "127.0.0.1:0", User: url.UserPassword("user", "pass")}
	server := model.Service.NewServer()
	defer server.Close()
	fmt.Printf("https://%s\n", server.URL.Host)
	_, _ = io.Copy(io.Discard, os.Stdin)
}
